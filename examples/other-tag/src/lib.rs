//! Modules for two other tags, generated from the documents in `spec/`. The programs in `src/main.rs` and `src/bin/` use them.

confluence_rest::include_spec!("content");
confluence_rest::include_spec!("space");
