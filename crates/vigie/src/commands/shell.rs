//! `vigie completions` and `vigie man`: what a shell and a manual need to know, made from the commands themselves.

use crate::cli::{Cli, Completions};
use crate::help;
use crate::say::{DONE, Failure, Say};
use clap::CommandFactory;
use std::io::Write;

/// Prints what a shell needs to complete commands.
pub fn completions(args: &Completions, say: &Say) -> Result<u8, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::told(Cli::command(), say.lang()), "vigie", &mut text);
    print(&text)
}

/// Prints the manual page, each command a section of it.
pub fn man(say: &Say) -> Result<u8, Failure> {
    let mut root = help::told(Cli::command(), say.lang());
    root.build();
    let mut text = Vec::new();
    let page = |command: clap::Command| clap_mangen::Man::new(command);
    page(root.clone()).render(&mut text).map_err(Failure::ours)?;
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        let man = page(command.clone());
        writeln!(
            text,
            ".SH \"{}\"",
            command.get_display_name().unwrap_or_default().replace('-', " ").to_uppercase()
        )
        .map_err(Failure::ours)?;
        man.render_description_section(&mut text).map_err(Failure::ours)?;
        man.render_synopsis_section(&mut text).map_err(Failure::ours)?;
        man.render_options_section(&mut text).map_err(Failure::ours)?;
    }
    print(&text)
}

/// Whoever reads it may stop reading.
fn print(text: &[u8]) -> Result<u8, Failure> {
    match std::io::stdout().write_all(text) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::ours(cause)),
        _ => Ok(DONE),
    }
}
