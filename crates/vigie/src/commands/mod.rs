//! One module a command.

pub mod backup;
pub mod checks;
pub mod claims;
pub mod coordinate;
pub mod decode;
pub mod doctor;
pub mod erase;
pub mod export;
pub mod function;
pub mod gazetteer;
pub mod import;
pub mod import_export;
pub mod init;
pub mod keep;
pub mod language;
pub mod model;
pub mod rebuild;
pub mod serve;
pub mod shell;
pub mod similar;
pub mod source;
pub mod table;
pub mod track;
pub mod user;
pub mod verify;
pub mod wipe;
