//! What operations are called: the words of an id are found again where a publisher's tool has run them together.

use confluence_codegen::{Code, Input, Source, generate};
use serde_json::{Value, json};

/// Published ids with path and summary, words of the description where those are needed, and the name that a person would
/// choose.
#[rustfmt::skip]
const PUBLISHED: &[(&str, &str, &str, &str, &str)] = &[
    ("atlassianRegistermodules", "/atlassian-connect/1/app/module/dynamic", "Register Modules", "", "register_modules"),
    ("atlassianBulkremovecontentstates", "/wiki/rest/api/content-states/delete", "Bulk Remove Content States From Content", "", "bulk_remove_content_states"),
    ("atlassianGettaskupdate", "/wiki/rest/api/content-states/task/{taskId}", "Get Update on Long Running Task for Setting of Content State", "", "get_task_update"),
    ("atlassianGetgroupbyqueryparam", "/wiki/rest/api/group/by-name", "Get Group", "", "get_group_by_query_param"),
    ("atlassianGetgroupbygroupid", "/wiki/rest/api/group/by-id", "Get Group", "", "get_group_by_group_id"),
    ("atlassianRemovegroupbyid", "/wiki/rest/api/group/by-id", "Delete User Group", "", "remove_group_by_id"),
    ("atlassianAddusertogroupbygroupid", "/wiki/rest/api/group/userByGroupId", "Add Member to Group by Groupid", "groupId", "add_user_to_group_by_group_id"),
    ("atlassianGetgroupmembersbygroupid", "/wiki/rest/api/group/{groupId}/membersByGroupId", "Get Group Members", "", "get_group_members_by_group_id"),
    ("atlassianRemovememberfromgroup", "/wiki/rest/api/group/user", "Remove Member From Group", "", "remove_member_from_group"),
    ("atlassianSearchtasks", "/wiki/rest/api/inlinetasks/search", "Get Inline Tasks Based on Search Parameters", "", "search_tasks"),
    ("atlassianGettask", "/wiki/rest/api/longtask/{id}", "Get Long Running Task", "", "get_task"),
    ("atlassianFindtargetfromsource", "/wiki/rest/api/relation/{relationName}/from/{sourceType}/{sourceKey}/to/{targetType}", "Find Target Entities Related to a Source Entity", "", "find_target_from_source"),
    ("atlassianGetrelationship", "/wiki/rest/api/relation/{relationName}/from/{sourceType}/{sourceKey}/to/{targetType}/{targetKey}", "Find Relationship From Source to Target", "", "get_relationship"),
    ("atlassianFindsourcesfortarget", "/wiki/rest/api/relation/{relationName}/to/{targetType}/{targetKey}/from/{sourceType}", "Find Source Entities Related to a Target Entity", "", "find_sources_for_target"),
    ("atlassianSearchuser", "/wiki/rest/api/search/user", "Search Users", "", "search_user"),
    ("atlassianGetlookandfeelsettings", "/wiki/rest/api/settings/lookandfeel", "Get Look and Feel Settings", "", "get_look_and_feel_settings"),
    ("atlassianResetlookandfeelsettings", "/wiki/rest/api/settings/lookandfeel/custom", "Reset Look and Feel Settings", "", "reset_look_and_feel_settings"),
    ("atlassianGetsysteminfo", "/wiki/rest/api/settings/systemInfo", "Get System Info", "", "get_system_info"),
    ("atlassianCreateprivatespace", "/wiki/rest/api/space/_private", "Create Private Space", "", "create_private_space"),
    ("atlassianGetcontentbytypeforspace", "/wiki/rest/api/space/{spaceKey}/content/{type}", "Get Content by Type for Space", "", "get_content_by_type_for_space"),
    ("atlassianCreatespacepropertyforkey", "/wiki/rest/api/space/{spaceKey}/property/{key}", "Create Space Property for Key", "", "create_space_property_for_key"),
    ("atlassianGetcontentswithstate", "/wiki/rest/api/space/{spaceKey}/state/content", "Get Content in Space With Given Content State", "", "get_contents_with_state"),
    ("atlassianGetwatchersforspace", "/wiki/rest/api/space/{spaceKey}/watch", "Get Space Watchers", "", "get_watchers_for_space"),
    ("atlassianGetblueprinttemplates", "/wiki/rest/api/template/blueprint", "Get Blueprint Templates", "", "get_blueprint_templates"),
    ("atlassianGetgroupmembershipsforuser", "/wiki/rest/api/user/memberof", "Get Group Memberships for User", "", "get_group_memberships_for_user"),
    ("atlassianGetbulkuserlookup", "/wiki/rest/api/user/bulk", "Get Multiple Users Using Ids", "", "get_bulk_user_lookup"),
    ("atlassianIswatchinglabel", "/wiki/rest/api/user/watch/label/{labelName}", "Get Label Watch Status", "watching", "is_watching_label"),
    ("atlassianGetprivacyunsafeuseremailbulk", "/wiki/rest/api/user/email/bulk", "Get User Email Addresses in Batch", "", "get_privacyunsafe_user_email_bulk"),
    ("atlassianGetviews", "/wiki/rest/api/analytics/content/{contentId}/views", "Get Views", "", "get_views"),
    ("atlassianGetauditrecordsfortimeperiod", "/wiki/rest/api/audit/since", "Get Audit Records For Time Period", "", "get_audit_records_for_time_period"),
    ("atlassianPublishshareddraft", "/wiki/rest/api/content/blueprint/instance/{draftId}", "Publish Shared Draft", "", "publish_shared_draft"),
    ("atlassianSearchcontentbycql", "/wiki/rest/api/content/search", "Search Content By Cql", "", "search_content_by_cql"),
    ("atlassianDeletepagetree", "/wiki/rest/api/content/{id}/pageTree", "Delete Page Tree", "", "delete_page_tree"),
    ("atlassianCreateorupdateattachments", "/wiki/rest/api/content/{id}/child/attachment", "Create Or Update Attachment", "", "create_or_update_attachments"),
    ("atlassianGetandasyncconvertmacrobodybymacroid", "/wiki/rest/api/content/{id}/history/{version}/macro/id/{macroId}/convert/async/{to}", "Get Macro Body By Macro Id And Convert Representation Asynchronously", "", "get_and_async_convert_macro_body_by_macro_id"),
    ("atlassianRemovelabelfromcontentusingqueryparameter", "/wiki/rest/api/content/{id}/label", "Remove Label From Content Using Query Parameter", "", "remove_label_from_content_using_query_parameter"),
    ("atlassianCopypagehierarchy", "/wiki/rest/api/content/{id}/pagehierarchy/copy", "Copy Page Hierarchy", "", "copy_page_hierarchy"),
    ("atlassianGetindividualgrouprestrictionstatusbygroupid", "/wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}/byGroupId/{groupId}", "Get Content Restriction Status For Group", "", "get_individual_group_restriction_status_by_group_id"),
    ("atlassianAsyncconvertcontentbodyresponse", "/wiki/rest/api/contentbody/convert/async/{id}", "Get Asynchronously Converted Content Body From The Id Or The Current Status Of The Task", "", "async_convert_content_body_response"),
    ("atlassianExpandattachmentforhumans", "/rest/api/3/attachment/{id}/expand/human", "Get All Metadata For An Expanded Attachment", "", "expand_attachment_for_humans"),
    ("atlassianGetavailabletimetrackingimplementations", "/rest/api/3/configuration/timetracking/list", "Get All Time Tracking Providers", "", "get_available_time_tracking_implementations"),
    ("atlassianGetsharedtimetrackingconfiguration", "/rest/api/3/configuration/timetracking/options", "Get Time Tracking Settings", "", "get_shared_time_tracking_configuration"),
    ("atlassianGettrashedfieldspaginated", "/rest/api/3/field/search/trashed", "Get Fields In Trash Paginated", "", "get_trashed_fields_paginated"),
    ("atlassianGetcustomfieldcontextsforprojectsandissuetypes", "/rest/api/3/field/{fieldId}/context/mapping", "Get Custom Field Contexts For Projects And Issue Types", "", "get_custom_field_contexts_for_projects_and_issue_types"),
    ("atlassianGetcontextsforfielddeprecated", "/rest/api/3/field/{fieldId}/contexts", "Get Contexts For A Field", "", "get_contexts_for_field_deprecated"),
    ("atlassianSetfieldconfigurationschememapping", "/rest/api/3/fieldconfigurationscheme/{id}/mapping", "Assign Issue Types To Field Configurations", "field configuration scheme", "set_field_configuration_scheme_mapping"),
    ("atlassianArchiveissuesasync", "/rest/api/3/issue/archive", "Archive Issue S By Jql", "", "archive_issues_async"),
    ("atlassianGetcreateissuemetaissuetypeid", "/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}", "Get Create Field Metadata For A Project And Issue Type Id", "", "get_create_issue_meta_issue_type_id"),
    ("atlassianBulksetissuespropertieslist", "/rest/api/3/issue/properties", "Bulk Set Issues Properties By List", "", "bulk_set_issues_properties_list"),
    ("atlassianUnarchiveissues", "/rest/api/3/issue/unarchive", "Unarchive Issue S By Issue Keys Id", "", "unarchive_issues"),
    ("atlassianGetiswatchingissuebulk", "/rest/api/3/issue/watching", "Get Is Watching Issue Bulk", "", "get_is_watching_issue_bulk"),
    ("atlassianGetchangelogsbyids", "/rest/api/3/issue/{issueIdOrKey}/changelog/list", "Get Changelogs By Ids", "", "get_changelogs_by_ids"),
    ("atlassianNotify", "/rest/api/3/issue/{issueIdOrKey}/notify", "Send Notification For Issue", "", "notify"),
    ("atlassianDeleteremoteissuelinkbyglobalid", "/rest/api/3/issue/{issueIdOrKey}/remotelink", "Delete Remote Issue Link By Global Id", "", "delete_remote_issue_link_by_global_id"),
    ("atlassianDotransition", "/rest/api/3/issue/{issueIdOrKey}/transitions", "Transition Issue", "", "do_transition"),
    ("atlassianAddworklog", "/rest/api/3/issue/{issueIdOrKey}/worklog", "Add Worklog", "", "add_worklog"),
    ("atlassianGetworklog", "/rest/api/3/issue/{issueIdOrKey}/worklog/{id}", "Get Worklog", "", "get_worklog"),
    ("atlassianSearchprojectsusingsecurityschemes", "/rest/api/3/issuesecurityschemes/project", "Get Projects Using Issue Security Schemes", "", "search_projects_using_security_schemes"),
    ("atlassianAssociateschemestoprojects", "/rest/api/3/issuesecurityschemes/project", "Associate Security Scheme To Project", "", "associate_schemes_to_projects"),
    ("atlassianAddissuetypestoissuetypescheme", "/rest/api/3/issuetypescheme/{issueTypeSchemeId}/issuetype", "Add Issue Types To Issue Type Scheme", "", "add_issue_types_to_issue_type_scheme"),
    ("atlassianReorderissuetypesinissuetypescheme", "/rest/api/3/issuetypescheme/{issueTypeSchemeId}/issuetype/move", "Change Order Of Issue Types", "", "reorder_issue_types_in_issue_type_scheme"),
    ("atlassianGetautocompletepost", "/rest/api/3/jql/autocompletedata", "Get Field Reference Data Post", "", "get_autocomplete_post"),
    ("atlassianMigratequeries", "/rest/api/3/jql/pdcleaner", "Convert User Identifiers To Account Ids In Jql Queries", "", "migrate_queries"),
    ("atlassianGetapproximateapplicationlicensecount", "/rest/api/3/license/approximateLicenseCount/product/{applicationKey}", "Get Approximate Application License Count", "", "get_approximate_application_license_count"),
    ("atlassianGetnotificationschemetoprojectmappings", "/rest/api/3/notificationscheme/project", "Get Projects Using Notification Schemes Paginated", "", "get_notification_scheme_to_project_mappings"),
    ("atlassianDeletepermissionschemeentity", "/rest/api/3/permissionscheme/{schemeId}/permission/{permissionId}", "Delete Permission Scheme Grant", "", "delete_permission_scheme_entity"),
    ("atlassianGetallaccessibleprojecttypes", "/rest/api/3/project/type/accessible", "Get Licensed Project Types", "", "get_all_accessible_project_types"),
    ("atlassianCreateprojectavatar", "/rest/api/3/project/{projectIdOrKey}/avatar2", "Load Project Avatar", "", "create_project_avatar"),
    ("atlassianTogglefeatureforproject", "/rest/api/3/project/{projectIdOrKey}/features/{featureKey}", "Set Project Feature State", "", "toggle_feature_for_project"),
    ("atlassianRestore", "/rest/api/3/project/{projectIdOrKey}/restore", "Restore Deleted Or Archived Project", "", "restore"),
    ("atlassianAddactorusers", "/rest/api/3/project/{projectIdOrKey}/role/{id}", "Add Actors To Project Role", "", "add_actor_users"),
    ("atlassianGetissuenavigatordefaultcolumns", "/rest/api/3/settings/columns", "Get Issue Navigator Default Columns", "", "get_issue_navigator_default_columns"),
    ("atlassianGetavatarimagebyowner", "/rest/api/3/universal_avatar/view/type/{type}/owner/{entityId}", "Get Avatar Image By Owner", "", "get_avatar_image_by_owner"),
    ("atlassianValidatecreateworkflows", "/rest/api/3/workflows/create/validation", "Validate Create Workflows", "", "validate_create_workflows"),
    ("atlassianGetidsofworklogsmodifiedsince", "/rest/api/3/worklog/updated", "Get Ids Of Updated Worklogs", "since", "get_ids_of_worklogs_modified_since"),
    ("atlassianDynamicmodulesresourceRemovemodulesDelete", "/rest/atlassian-connect/1/app/module/dynamic", "Remove Modules", "", "dynamic_modules_resource_remove_modules_delete"),
    ("atlassianUpdatepullrequesthostedpropertyvalue", "/repositories/{workspace}/{repo_slug}/pullrequests/{pullrequest_id}/properties/{app_key}/{property_name}", "Update A Pull Request Application Property", "pull request", "update_pull_request_hosted_property_value"),
    ("atlassianListPullRequestsForAUser", "/pullrequests/{selected_user}", "List Pull Requests For A User", "", "list_pull_requests_for_a_user"),
    ("atlassianGetTheDiffStatForAPullRequest", "/repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diffstat", "Get The Diff Stat For A Pull Request", "", "get_the_diff_stat_for_a_pull_request"),
    ("atlassianGetASnippetSRawFileAtHEAD", "/snippets/{workspace}/{encoded_id}/files/{path}", "Get A Snippet S Raw File At Head", "", "get_a_snippets_raw_file_at_head"),
];

/// A document with operations, each an object with its path.
fn document(title: &str, operations: &[Value]) -> String {
    let mut paths = serde_json::Map::new();
    for (number, operation) in operations.iter().enumerate() {
        let mut operation = operation.clone();
        let path = operation["path"].as_str().map_or(format!("/{number}"), str::to_owned);
        operation["responses"] = json!({ "204": { "description": "Done." } });
        let methods = ["get", "put", "post", "delete", "patch"];
        let item = paths.entry(path).or_insert_with(|| json!({}));
        let method = methods
            .into_iter()
            .find(|method| item.get(method).is_none())
            .expect("a method");
        item[method] = operation;
    }
    json!({ "openapi": "3.0.1", "info": { "title": title, "version": "1" }, "paths": paths }).to_string()
}

fn code(input: &Input) -> String {
    generate(input).unwrap_or_else(|error| panic!("{error}")).code
}

fn input(title: &str, operations: &[Value]) -> Input {
    Input::new("test", Source::new("spec.json", document(title, operations)))
}

/// The functions of a module, each with the id of its operation.
fn functions(code: &str) -> Vec<(String, String)> {
    let between = |start: &'static str, end: char| {
        let found = code
            .lines()
            .filter_map(move |line| line.trim().strip_prefix(start)?.split(end).next());
        found.map(str::to_owned)
    };
    let functions = between("pub fn ", '(').take_while(|name| !name.is_empty());
    functions.zip(between("const INFO = (\"", '"')).collect()
}

fn names(title: &str, operations: &[Value]) -> Vec<String> {
    let functions = functions(&code(&input(title, operations)));
    functions.into_iter().map(|(function, _)| function).collect()
}

/// An operation of a publisher called Acme.
fn acme(id: &str, summary: &str) -> Value {
    json!({ "operationId": id, "summary": summary })
}

fn published() -> impl Iterator<Item = (Value, &'static str)> {
    PUBLISHED.iter().map(|(id, path, summary, words, name)| {
        let summary = format!("Atlassian {summary}");
        (
            json!({ "operationId": id, "path": path, "summary": summary, "description": words }),
            *name,
        )
    })
}

#[test]
fn published_ids_get_the_names_that_a_person_would_choose() {
    assert!(PUBLISHED.len() > 60);
    let wrong: Vec<String> = published()
        .filter_map(|(operation, name)| {
            let found = names("Atlassian API", &[operation]).pop().expect("a function");
            (found != name).then(|| format!("{found} for {name}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_does_not_depend_on_the_other_operations() {
    let (operations, _): (Vec<Value>, Vec<&str>) = published().unzip();
    let together = functions(&code(&input("Atlassian API", &operations)));
    assert_eq!(together.len(), PUBLISHED.len());
    for (function, id) in together {
        let (_, name) = published().find(|(one, _)| one["operationId"] == id).expect("an id");
        assert_eq!(function, name, "{id}");
    }
}

#[test]
fn what_fits_no_word_stays_as_it_is() {
    let cases = [
        ("acmeFrobnicate", "Acme Run It", "frobnicate"),
        ("acmeFrobnicatewidgets", "Acme Get Widgets", "frobnicate_widgets"),
        ("acmeGetfrobnicatedwidget", "Acme Get Widgets", "get_frobnicated_widget"),
        // Words that are in it by chance.
        ("acmeInformation", "Acme Show Everything", "information"),
        ("acmeSettings", "Acme Show Everything", "settings"),
        ("acmeTogether", "Acme Show Everything", "together"),
        ("acmeGetusers", "Acme Use It", "getusers"),
        ("acmeGetissues", "Acme Get Issue(s)", "get_issues"),
        ("acmeGetv2pages", "Acme Get Pages", "get_v2_pages"),
        ("acmeGetseiten", "Acme Get Ärger", "get_seiten"),
        ("acmeGetärger", "Acme Get Ärger", "get_ärger"),
    ];
    for (id, summary, name) in cases {
        assert_eq!(names("Acme", &[acme(id, summary)]), [name]);
    }
    let long = "x".repeat(2_000);
    assert_eq!(
        names("Acme", &[acme(&format!("acmeGet{long}"), "Acme Get X")]),
        [format!("get{long}")]
    );
}

#[test]
fn several_words_go_before_one() {
    let operation = |words: &str| json!({ "operationId": "acmeGetpagetree", "path": "/pagetree", "summary": words });
    assert_eq!(names("Acme", &[operation("Acme Get Page Tree")]), ["get_page_tree"]);
    assert_eq!(names("Acme", &[operation("Acme Get It")]), ["get_pagetree"]);
    // Where the document writes both, what it writes more often.
    assert_eq!(
        names("Acme", &[operation("Acme Get Pagetree: The Page Tree")]),
        ["get_pagetree"]
    );
}

#[test]
fn parameters_and_tags_have_words_too() {
    let operation = json!({
        "operationId": "acmeGetredsquarebyside",
        "summary": "Acme Get It",
        "tags": ["Squares"],
        "parameters": [
            { "name": "sideLength", "in": "query", "schema": { "type": "string" } },
            { "name": "color", "in": "query", "description": "Such as red.", "schema": { "type": "string" } },
        ],
    });
    assert_eq!(names("Acme", &[operation]), ["get_red_square_by_side"]);
}

#[test]
fn a_prefix_is_one_of_title_ids_and_summaries_alike() {
    let name = |title, id, summary| names(title, &[acme(id, summary)]).join(" ");
    assert_eq!(name("Acme Pets", "acmeGetpets", "Acme Get Pets"), "get_pets");
    assert_eq!(name(" acme/pets", "acmeGetpets", "Acme Get Pets"), "get_pets");
    assert_eq!(name("Acme", "acme_getpets", "Acme Get Pets"), "get_pets");
    assert_eq!(name("Acme", "acmeGetPets", "Acme Get Pets"), "get_pets");
    assert_eq!(name("Pets", "acmeGetpets", "Acme Get Pets"), "acme_getpets");
    assert_eq!(name("Acmecorp", "acmeGetpets", "Acme Get Pets"), "acme_getpets");
    // A verb that is everywhere, and a word that is all of an id, or only its start.
    assert_eq!(name("Search", "searchUsers", "Search users"), "search_users");
    assert_eq!(name("Search", "search", "Search Users"), "search");
    assert_eq!(name("Pet", "petsearch", "Pet Search"), "petsearch");
}

#[test]
fn every_operation_has_the_prefix_or_none() {
    let with = |other: Value| names("Acme", &[acme("acmeGetpets", "Acme Get Pets"), other]);
    assert_eq!(with(acme("acmeGetcats", "Acme Get Cats")), ["get_pets", "get_cats"]);
    assert_eq!(with(acme("getCats", "Acme Get Cats")), ["acme_getpets", "get_cats"]);
    assert_eq!(with(acme("acmeGetcats", "Get Cats")), ["acme_getpets", "acme_getcats"]);
    // What has no summary, or no id, does not contradict.
    assert_eq!(
        with(json!({ "operationId": "acmeGetcats", "path": "/cats" })),
        ["get_pets", "get_cats"]
    );
    assert_eq!(
        with(json!({ "summary": "Acme Get Cats", "path": "/cats" })),
        ["get_pets", "get_cats"]
    );
    assert_eq!(
        names("Acme", &[json!({ "operationId": "acmeGetpets" })]),
        ["acme_getpets"]
    );
}

#[test]
fn names_with_words_of_their_own_stay() {
    let official = [
        acme("getPageById", "Get page by id"),
        acme("get_pagetree", "Get page tree"),
        acme("healthcheck", "Health check"),
    ];
    assert_eq!(
        names("Pages", &official),
        ["get_page_by_id", "get_pagetree", "healthcheck"]
    );
    let later = [acme("getContentbody", "Acme Get Content Body")];
    assert_eq!(names("Acme", &later), ["get_contentbody"]);
}

#[test]
fn a_selection_changes_no_name() {
    let operations = [acme("acmeGetpets", "Acme Get Pets"), acme("createPet", "Create Pet")];
    let selected = input("Acme", &operations).operations(|one| one.id == Some("acmeGetpets"));
    assert_eq!(functions(&code(&selected))[0].0, "acme_getpets");
}

#[test]
fn the_id_and_names_from_an_overlay_stay() {
    let mut named = acme("acmeGetpets", "Acme Get Pets");
    named["x-rust-name"] = json!("all_pets");
    let operations = [named, acme("acmeGetcats", "Acme Get Cats")];
    let code = code(&input("Acme", &operations));
    let found = functions(&code);
    let pairs: Vec<(&str, &str)> = found.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
    assert_eq!(pairs, [("all_pets", "acmeGetpets"), ("get_cats", "acmeGetcats")]);
    assert!(
        code.contains("/// Get Pets.") && code.contains("summary: \"Get Cats\""),
        "{code}"
    );
}

#[test]
fn the_id_of_an_operation_without_one_is_the_name_of_the_function() {
    let mut named = acme("", "Acme List Pets");
    named["x-rust-name"] = json!("list_all");
    let unnamed = acme("", "Acme Get Cats");
    let mut operations = [named, unnamed];
    for operation in &mut operations {
        operation.as_object_mut().expect("an operation").remove("operationId");
    }
    let found = functions(&code(&input("Acme", &operations)));
    assert!(found.iter().all(|(name, id)| name == id), "{found:?}");
    assert_eq!(found[0].0, "list_all");
}

/// The mark is that of the published document.
#[test]
fn an_overlay_that_changes_texts_changes_no_name() {
    let operations = [
        acme("acmeGetpets", "Acme Get Pets"),
        acme("acmeGetcats", "Acme Get Cats"),
    ];
    let overlay = "overlay: 1.1.0
actions:
  - { target: $.info.title, update: Pets }
  - { target: $.paths.*.*, update: { summary: Get all pets and cats } }
  - target: $.paths
    update: { /more: { get: { operationId: getDogs, summary: Acme Dogs, responses: { '204': { description: Done. } } } } }
";
    let overlaid = input("Acme", &operations).overlay(Source::new("pets.overlay.yaml", overlay));
    let code = code(&overlaid);
    let found = functions(&code);
    let found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, ["get_pets", "get_cats", "get_dogs"]);
    assert!(
        code.contains("/// Get all pets and cats.") && code.contains("/// Dogs."),
        "{code}"
    );
}

#[test]
fn separating_can_be_turned_off() {
    let input = input("Acme", &[acme("acmeGetpets", "Acme Get Pets")]).split_names(false);
    let code = code(&input);
    assert_eq!(functions(&code)[0].0, "acme_getpets");
    assert!(code.contains("/// Acme Get Pets."), "{code}");
}

#[test]
fn names_are_unique() {
    let operations = [
        acme("acmeGetpets", "Acme Get Pets"),
        acme("acmeGet_pets", "Acme Get Pets"),
        acme("acmeGetPets", "Acme Get Pets"),
    ];
    assert_eq!(names("Acme", &operations), ["get_pets", "get_pets2", "get_pets3"]);
}

/// Whatever comes first in the document.
#[test]
fn a_name_from_an_overlay_is_taken_first() {
    let mut named = acme("other", "Acme Other");
    named["x-rust-name"] = json!("getPets");
    let mut again = acme("another", "Acme Another");
    again["x-rust-name"] = json!("get_pets");
    let mut number = acme("number", "Acme Number");
    number["x-rust-name"] = json!(5);
    let mut empty = acme("empty", "Acme Empty");
    empty["x-rust-name"] = json!("");
    let operations = [acme("getPets", "Acme Get Pets"), named, again, number, empty];
    let generated = generate(&input("Other", &operations)).expect("a module");
    let found = functions(&generated.code);
    let found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, ["get_pets3", "get_pets", "get_pets2", "number", "empty"]);
    let told = generated.diagnostics.iter().filter(|one| one.code == Code::Extension);
    let told: Vec<&str> = told.map(|one| one.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "`x-rust-name` is not a name",
            "`x-rust-name` is not a name",
            "the `x-rust-name` `get_pets` is already taken",
        ]
    );
}

#[test]
fn plurals_and_versions_of_acronyms_are_words() {
    let ids = [
        "getAPIs",
        "userIDs",
        "listURLsByIDs",
        "HTMLURLs",
        "IPv4",
        "getIPv6Range",
        "IDs_of",
    ];
    let operations: Vec<Value> = ids.iter().map(|id| acme(id, "Summary")).collect();
    let expected = [
        "get_apis",
        "user_ids",
        "list_urls_by_ids",
        "htmlurls",
        "ipv4",
        "get_ipv6_range",
        "ids_of",
    ];
    assert_eq!(names("Other", &operations), expected);
    let others = [
        "ABTest",
        "URLset",
        "isAs",
        "OAuth2Token",
        "iOSVersion",
        "DNSserver",
        "AVvalue",
    ];
    let operations: Vec<Value> = others.iter().map(|id| acme(id, "Summary")).collect();
    let expected = [
        "ab_test",
        "ur_lset",
        "is_as",
        "o_auth2_token",
        "i_os_version",
        "dn_sserver",
        "a_vvalue",
    ];
    assert_eq!(names("Other", &operations), expected);
}
