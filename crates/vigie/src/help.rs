//! The help of the command line, in the language of whoever asks for it.
//!
//! Its sentences stand in the catalogue `help`; what clap itself says of a wrong usage stays in English.

use clap::{Arg, ArgAction, Command};
use vigie_words::{Lang, text};

/// The commands as typed, told in `lang`.
pub fn told(command: Command, lang: Lang) -> Command {
    let said = |id: &str| text(lang, id, &[]);
    let template =
        format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", said("help-usage"));
    let root = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("help", 'h', ArgAction::Help).help(said("help-help")))
        .arg(flag("version", 'V', ArgAction::Version).help(said("help-version")));
    let root = each(root, "help", &template, lang);
    root.about(said("help-about")).after_help(said("help-after"))
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action).global(true)
}

/// Sets the sentences of a command, its arguments and the commands within it.
fn each(command: Command, path: &str, template: &str, lang: Lang) -> Command {
    let arguments: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let within: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .help_template(template.to_owned())
        .disable_help_subcommand(true)
        // clap wants a heading that lives as long as the process; there is one a command.
        .subcommand_help_heading(&*text(lang, "help-commands", &[]).leak());
    for name in arguments.into_iter().filter(|name| name != "help" && name != "version") {
        let said = text(lang, &argument_id(path, &name), &[]);
        command = command.mut_arg(name, |arg| arg.help(said));
    }
    for name in within {
        let path = format!("{path}-{name}");
        let said = text(lang, &path, &[]);
        command = command.mut_subcommand(name, |sub| each(sub.about(said), &path, template, lang));
    }
    command
}

fn argument_id(path: &str, name: &str) -> String {
    format!("{path}-arg-{}", name.replace('_', "-"))
}

/// The language asked for before anything is parsed: `--lang`, else `VIGIE_LANG`.
pub fn asked() -> Option<String> {
    let mut words = std::env::args();
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next();
        }
        if let Some(lang) = word.strip_prefix("--lang=") {
            return Some(lang.to_owned());
        }
    }
    std::env::var("VIGIE_LANG").ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    /// Every sentence that clap would say, with the id it has in the catalogue.
    fn sentences(command: &Command, path: &str) -> Vec<(String, String)> {
        let arguments = command.get_arguments().filter_map(|arg| {
            let said = arg.get_help()?.to_string();
            Some((argument_id(path, arg.get_id().as_str()), said))
        });
        let within = command.get_subcommands().flat_map(|sub| {
            let path = format!("{path}-{}", sub.get_name());
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            [(path.clone(), about)].into_iter().chain(sentences(sub, &path))
        });
        arguments.chain(within).collect()
    }

    #[test]
    fn the_help_stands_in_the_catalogues_as_in_the_code() {
        let all = sentences(&Cli::command(), "help");
        assert!(all.len() > 60);
        let wrong = all.iter().filter(|(id, said)| text(Lang::En, id, &[]) != *said);
        let wrong: Vec<String> = wrong.map(|(id, said)| format!("{id} = {said}")).collect();
        assert!(wrong.is_empty(), "to be said in help.ftl:\n{}", wrong.join("\n"));
    }

    #[test]
    fn the_help_speaks_french() {
        let help = told(Cli::command(), Lang::Fr).render_long_help().to_string();
        assert!(
            help.contains("Utilisation\u{a0}:")
                && help.contains("Commandes:")
                && help.contains("Créer un site"),
            "{help}"
        );
        assert!(!help.contains("Make a new site"), "{help}");
        told(Cli::command(), Lang::Fr).debug_assert();
    }
}
