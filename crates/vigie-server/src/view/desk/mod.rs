//! Records of the desk as screens read them: their fields, and what follows from them at this instant.

pub(crate) mod duty;
pub(crate) mod effect;
pub(crate) mod fact;
pub(crate) mod judging;
pub(crate) mod mandate;
pub(crate) mod message;
pub(crate) mod release;
pub(crate) mod report;
pub(crate) mod response;
pub(crate) mod shapes;
pub(crate) mod site;
pub(crate) mod situation;

use super::Person;
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record::Record;
use vigie_model::{Compartments, FunctionId, Granted, NarrativeId, Timestamp, UserId};
use vigie_store::{StoreError, Views};
use vigie_words::Lang;

/// For whom a record is shown, and when.
pub(crate) struct Say<'v> {
    /// Where names are looked up.
    pub views: &'v Views,
    /// What the reader may do and see.
    pub granted: &'v Granted,
    /// Who reads.
    pub reader: UserId,
    /// In which language.
    pub lang: Lang,
    /// When.
    pub now: Timestamp,
    /// Names of functions in that language, once they were looked up.
    names: OnceCell<BTreeMap<FunctionId, String>>,
    /// Sites of the register by id and by name, once they were looked up.
    sites: OnceCell<Vec<(String, String)>>,
}

impl<'v> Say<'v> {
    /// For this reader, now.
    pub const fn to(
        views: &'v Views,
        granted: &'v Granted,
        reader: UserId,
        lang: Lang,
        now: Timestamp,
    ) -> Self {
        Self { views, granted, reader, lang, now, names: OnceCell::new(), sites: OnceCell::new() }
    }

    /// What the reader may see.
    pub fn see(&self) -> Compartments {
        self.granted.see
    }

    /// A person with the name shown to colleagues.
    pub fn person(&self, id: UserId) -> Result<Person, StoreError> {
        Ok(self.views.person(id)?.into())
    }

    /// The same, where there is one.
    pub fn maybe(&self, id: Option<UserId>) -> Result<Option<Person>, StoreError> {
        id.map(|id| self.person(id)).transpose()
    }

    /// A story, where the reader may see it: another is not there for them.
    pub fn story(&self, id: Option<NarrativeId>) -> Result<Option<Uuid>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.views.standing(id, self.see())?.map(|_| id.uuid()))
    }

    /// Id and name of a site that a warning names; no id where it is none of the register.
    pub fn site(&self, said: &str) -> Result<(Option<String>, String), StoreError> {
        if self.sites.get().is_none() {
            let known = self.views.sites()?.into_iter().map(|site| (site.id, site.name)).collect();
            let _ = self.sites.set(known);
        }
        let known = self.sites.get().and_then(|all| all.iter().find(|(id, name)| id == said || name == said));
        Ok(match known {
            Some((id, name)) => (Some(id.clone()), name.clone()),
            None => (None, said.to_owned()),
        })
    }

    /// The name of a function in the reader's language; its id where nobody registered it.
    pub fn function(&self, id: &FunctionId) -> Result<String, StoreError> {
        if self.names.get().is_none() {
            let french = self.lang == Lang::Fr;
            let named = self.views.functions()?.into_iter();
            let named = named.map(|row| (row.id, if french { row.name_fr } else { row.name_en }));
            // Somebody else cannot have set it: a reader is one thread.
            let _ = self.names.set(named.collect());
        }
        let name = self.names.get().and_then(|names| names.get(id)).cloned();
        Ok(name.unwrap_or_else(|| id.to_string()))
    }
}

/// A record that screens read.
pub(crate) trait Shown: Record {
    /// How they read it.
    type View: Serialize + Send + 'static;
    /// The record for one reader at one instant.
    fn shown(self, say: &Say<'_>) -> Result<Self::View, StoreError>;
}

/// One page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DeskPage<T: ToSchema> {
    /// The records.
    pub items: Vec<T>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
    /// Records in the whole list.
    pub total: u64,
    /// Entries of the journal that this answer knows.
    pub seq: u64,
}
