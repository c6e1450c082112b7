//! The routes, by what they are about.

mod acts;
mod attachments;
mod audit;
mod checks;
mod colleagues;
mod complete;
mod desk;
mod enter;
mod entries;
mod exercise;
mod findings;
mod health;
mod intake;
mod joining;
mod journal;
mod keeping;
mod live;
mod me;
mod models;
mod monitoring;
mod narratives;
mod neighbours;
mod notes;
mod notices;
mod parting;
mod said;
mod share;
mod signals;
mod sms;
mod sources;
mod suggestions;
mod tables;
mod users;

use crate::live::{LinkState, LiveDesk, LiveHealth, LiveNotes, LiveReset, LiveRows};
use crate::refusal::Problem;
use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa::OpenApi;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;
use vigie_model::Limits;

/// Bytes of a JSON body: a signal's text and what stands around it, escaped.
const BODY_BYTES_MAX: usize = 512 << 10;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vigie",
        description = "What the screens and the gateways of a Vigie site speak. Times are RFC 3339, UTC. Changing \
                       requests come from the site's own origin; refusals carry a code to quote and are in the \
                       reader's language.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem, LiveRows, LiveNotes, LiveDesk, LinkState, LiveHealth, LiveReset))
)]
struct Document;

/// Every route of the table in `vigie-desk`, with its description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    let intake_max = usize::try_from(Limits::INTAKE.bytes_max).unwrap_or(usize::MAX);
    let file_max = usize::try_from(Limits::ATTACHMENT.bytes_max).unwrap_or(usize::MAX);
    let facts_max = usize::try_from(desk::import::LIMITS.bytes_max).unwrap_or(usize::MAX);
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(enter::enter))
        .routes(routes!(intake::post).layer(DefaultBodyLimit::max(intake_max)))
        .routes(routes!(intake::post_with_path_key).layer(DefaultBodyLimit::max(intake_max)))
        .routes(routes!(me::me))
        .routes(routes!(me::sign_in))
        .routes(routes!(me::sign_in_by_token))
        .routes(routes!(me::sign_out))
        .routes(routes!(monitoring::queue))
        .routes(routes!(tables::queue))
        .routes(routes!(tables::signals))
        .routes(routes!(narratives::one))
        .routes(routes!(narratives::signals))
        .routes(routes!(narratives::why))
        .routes(routes!(neighbours::near, neighbours::answer))
        .routes(routes!(joining::join_all))
        .routes(routes!(parting::join))
        .routes(routes!(parting::part))
        .routes(routes!(suggestions::of_narrative, suggestions::answer))
        .routes(routes!(share::give))
        .routes(routes!(share::all))
        .routes(routes!(checks::all))
        .routes(routes!(checks::withdraw))
        .routes(routes!(models::all))
        .routes(routes!(models::judge))
        .routes(routes!(signals::one))
        .routes(routes!(signals::add))
        .routes(routes!(entries::one))
        .routes(routes!(audit::who))
        .routes(routes!(acts::act))
        .routes(routes!(acts::undo))
        .routes(routes!(colleagues::list))
        .routes(routes!(attachments::keep).layer(DefaultBodyLimit::max(file_max)))
        .routes(routes!(attachments::one))
        .routes(routes!(notes::list, notes::write))
        .routes(routes!(notes::strike))
        .routes(routes!(desk::functions::all, desk::functions::name))
        .routes(routes!(desk::functions::verifier))
        .routes(routes!(desk::judging::judge))
        .routes(routes!(desk::judging::second))
        .routes(routes!(desk::judging::contest))
        .routes(routes!(desk::judging::decide_contest))
        .routes(routes!(desk::judging::restrict))
        .routes(routes!(desk::judging::grade))
        .routes(routes!(findings::of_narrative))
        .routes(routes!(findings::answer))
        .routes(routes!(desk::requests::all, desk::requests::ask))
        .routes(routes!(desk::requests::answer))
        .routes(routes!(desk::asked::all))
        .routes(routes!(desk::asked::answer))
        .routes(routes!(desk::tasks::all, desk::tasks::give))
        .routes(routes!(desk::warnings::all, desk::warnings::raise))
        .routes(routes!(desk::incidents::all, desk::incidents::report))
        .routes(routes!(desk::sites::all))
        .routes(routes!(desk::sites::one))
        .routes(routes!(desk::work::acknowledge))
        .routes(routes!(desk::work::close))
        .routes(routes!(desk::facts::all, desk::facts::draft))
        .routes(routes!(desk::import::facts).layer(DefaultBodyLimit::max(facts_max)))
        .routes(routes!(desk::facts::approve))
        .routes(routes!(desk::facts::withdraw))
        .routes(routes!(desk::mandates::all, desk::mandates::load))
        .routes(routes!(desk::mandates::search))
        .routes(routes!(desk::questions::all, desk::questions::note))
        .routes(routes!(desk::questions::answer))
        .routes(routes!(desk::questions::approve))
        .routes(routes!(desk::plans::all, desk::plans::write))
        .routes(routes!(desk::responses::all, desk::responses::start))
        .routes(routes!(desk::responses::one))
        .routes(routes!(desk::responses::option))
        .routes(routes!(desk::messages::all))
        .routes(routes!(desk::messages::draft))
        .routes(routes!(desk::messages::one))
        .routes(routes!(desk::messages::verify))
        .routes(routes!(desk::messages::clear))
        .routes(routes!(desk::messages::send_back))
        .routes(routes!(desk::messages::release))
        .routes(routes!(desk::releases::all))
        .routes(routes!(desk::releases::recall))
        .routes(routes!(desk::approvals::all, desk::approvals::give))
        .routes(routes!(desk::approvals::end))
        .routes(routes!(desk::contacts::all, desk::contacts::add))
        .routes(routes!(desk::situation::one))
        .routes(routes!(desk::situation::hand_over))
        .routes(routes!(desk::situation::of_story))
        .routes(routes!(desk::reports::digest))
        .routes(routes!(desk::reports::shift))
        .routes(routes!(desk::reports::clock))
        .routes(routes!(sources::list, sources::register))
        .routes(routes!(sources::pause))
        .routes(routes!(sources::resume))
        .routes(routes!(sources::test))
        .routes(routes!(sources::issue_key))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::revoke))
        .routes(routes!(users::rights))
        .routes(routes!(users::invite))
        .routes(routes!(journal::state))
        .routes(routes!(journal::verify))
        .routes(routes!(notices::rules))
        .routes(routes!(notices::list))
        .routes(routes!(notices::explain))
        .routes(routes!(keeping::state))
        .routes(routes!(keeping::back_up))
        .routes(routes!(keeping::doctor))
        .routes(routes!(keeping::ask))
        .routes(routes!(keeping::agree))
        .routes(routes!(keeping::refuse))
        .routes(routes!(keeping::keep))
        .routes(routes!(keeping::lift))
        .routes(routes!(live::stream))
        .routes(routes!(exercise::state, exercise::change))
        .routes(routes!(exercise::set_clock))
        .routes(routes!(exercise::tamper))
}

/// The router of every route, with the JSON body limit for those that name no other.
pub(crate) fn router() -> Router<App> {
    routes().split_for_parts().0.layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// The description of the API, as committed in `openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = routes().split_for_parts().1;
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post, &mut item.put].into_iter().flatten() {
            let refusals = &mut operation.responses.responses;
            refusals.entry("default".to_owned()).or_insert_with(|| RefOr::T(refusal()));
        }
    }
    complete::require_what_is_always_sent(&mut document);
    document
}

fn refusal() -> Response {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description("Refused or failed").content("application/json", problem).build()
}
