//! The command line: configuration, wiring, and the words around them.
//!
//! Everything a person does at the console goes through the same crates as everything done on a screen.
//! Answers go to standard output, talk and progress to standard error; exit codes are those of the contract:
//! 0 done, 1 told you why, 2 wrong usage, 3 verification failed, 70 our fault.

mod backups;
mod cli;
mod commands;
mod config;
mod cost;
mod disk;
mod drops;
mod engines;
mod exercise;
mod feeds;
mod gathering;
mod help;
mod meaning;
mod notify;
mod outward;
mod pictures;
mod say;
mod watching;

use clap::{CommandFactory, FromArgMatches};
use cli::{Cli, Command};
use say::{Failure, Say};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = parsed();
    let say = Say::new(cli.lang.as_deref(), cli.json, cli.quiet);
    logs(cli.verbose);
    match run(cli, &say) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => say.failure(&failure),
    }
}

/// What was typed; wrong usage and a question for help end here.
fn parsed() -> Cli {
    let lang = Say::new(help::asked().as_deref(), false, true).lang();
    let matches = help::told(Cli::command(), lang).get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

fn run(cli: Cli, say: &Say) -> Result<u8, Failure> {
    let config = config::Config::read(&cli)?;
    match cli.command {
        Command::Init(args) => commands::init::run(&args, &config, say),
        Command::Serve(args) => commands::serve::run(&args, &config, say),
        Command::Import(args) => commands::import::run(&args, &config, say),
        Command::Source(args) => commands::source::run(&args, &config, say),
        Command::User(args) => commands::user::run(&args, &config, say),
        Command::Gazetteer(args) => commands::gazetteer::run(&args, &config, say),
        Command::Model(args) => commands::model::run(&args, &config, say),
        Command::Function(args) => commands::function::run(&args, &config, say),
        Command::Export(args) => commands::export::run(&args, &config, say),
        Command::ImportExport(args) => commands::import_export::run(&args, &config, say),
        Command::Verify(args) => commands::verify::run(&args, &config, say),
        Command::Rebuild => commands::rebuild::run(&config, say),
        Command::Erase(args) => commands::erase::run(&args, &config, say),
        Command::Keep(args) => commands::keep::run(&args, &config, say),
        Command::Backup(args) => commands::backup::backup(&args, &config, say),
        Command::Keygen(args) => commands::backup::keygen(&args, say),
        Command::Restore(args) => commands::backup::restore(&args, &config, say),
        Command::Wipe(args) => commands::wipe::run(&args, &config, say),
        Command::Mend(args) => commands::backup::mend(&args, &config, say),
        Command::Generation(args) => commands::backup::generation(&args, &config, say),
        Command::Doctor => commands::doctor::run(&config, say),
        Command::Completions(args) => commands::shell::completions(&args, say),
        Command::Man => commands::shell::man(say),
        Command::Language(args) => commands::language::run(&args, say),
        Command::Track(args) => commands::track::run(&args, say),
        Command::Decode(args) => commands::decode::run(&args, say),
        Command::Coordinate(args) => commands::coordinate::run(&args, say),
        Command::Claims { command } => commands::checks::run(&command, &config, say),
        Command::Similar(args) => commands::similar::run(&args, say),
    }
}

/// Logs for people on a terminal, JSON lines otherwise; never on standard output.
fn logs(verbose: u8) {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let level = match verbose {
        0 => "warn,vigie=info,vigie_server=info,vigie_gateways=info",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("VIGIE_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.init();
    } else {
        builder.json().init();
    }
}
