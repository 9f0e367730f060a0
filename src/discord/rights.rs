//! Who may moderate a library.
//!
//! Whoever manages the server may, and whoever has one of the roles that the library's settings name. It is judged anew at
//! each act, a command, a button, a menu, a form or a suggestion, from the member that Discord sends along with that very
//! act: a right that was taken away is gone with the next press, also under a message that was made before.
//!
//! A newcomer's trap: commands could be hidden by their default permissions, but Discord knows nothing of the roles that
//! the settings name, and administrators can change those permissions. So every command is visible to all, and refuses.

use serenity::all::{Member, Permissions, UserId};

use super::button::Home;
use super::conversation;
use super::data::{Data, Failure};
use super::reply::{Reply, in_words_of};
use crate::language::Language;
use crate::library::{Library, Viewer};
use crate::wording::say;

/// Why somebody may not do what only moderators may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is no server here with a library of its own.
    Nowhere,
    /// They may not moderate this one.
    NoRight,
    /// They moderate it by a role, and this takes managing the server itself.
    OnlyManagers,
}

impl Refused {
    /// What they are told, in a language or in both of ours.
    pub(super) fn said(self, language: Language) -> Reply {
        Reply::said(self.lines(language))
    }

    /// The same as lines of text.
    pub(super) fn lines(self, language: Language) -> Vec<String> {
        in_words_of(language, |language| match self {
            Self::Nowhere => say(language, "rights-nowhere", &[]),
            Self::NoRight => say(language, "rights-refused", &[]),
            Self::OnlyManagers => say(language, "rights-managers", &[]),
        })
    }
}

/// Whether somebody manages the server itself; `member` is the one of the act.
pub(super) fn manages(member: Option<&Member>) -> bool {
    let held = member.and_then(|member| member.permissions);
    held.is_some_and(|held| held.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR))
}

/// Whether somebody may moderate a library; `member` is the one of the act, in the server whose library this is.
pub(super) async fn may_moderate(
    library: &Library,
    member: Option<&Member>,
) -> Result<bool, Failure> {
    let Some(member) = member else {
        return Ok(false);
    };
    if manages(Some(member)) {
        return Ok(true);
    }
    let roles = library.policy().await?.moderator_roles;
    Ok(has_one_of(member, &roles))
}

fn has_one_of(member: &Member, roles: &std::collections::BTreeSet<u64>) -> bool {
    // Everybody has the server's own role, which no member lists.
    let own = member.roles.iter().map(|role| role.get());
    let mut own = own.chain([member.guild_id.get()]);
    own.any(|role| roles.contains(&role))
}

/// The whole library of a place, for whoever may moderate it; `member` is the one of the act. Nobody else gets hold of it.
pub(super) async fn moderated(
    data: &Data,
    home: Home,
    member: Option<&Member>,
) -> Result<Result<Library, Refused>, Failure> {
    let Home::Server(server) = home else {
        return Ok(Err(Refused::Nowhere));
    };
    // An interaction and its member come together, and an id that names another server was refused before.
    let member = member.filter(|member| member.guild_id.get() == server);
    let library = conversation::library(data, home, Viewer::All).await?;
    if may_moderate(&library, member).await? {
        Ok(Ok(library))
    } else {
        Ok(Err(Refused::NoRight))
    }
}

/// Who changes something, as the catalogue writes it.
pub(super) fn by(person: UserId) -> String {
    format!("discord:{person}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Config;
    use crate::library::Libraries;
    use crate::library::setting::MODERATOR_ROLES;

    const SERVER: u64 = 42;

    fn member(roles: &[u64], permissions: Option<Permissions>) -> Member {
        let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
        let permissions = permissions.map(|held| held.bits().to_string());
        serde_json::from_value(json!({
            "user": {"id": "7", "username": "Ana"}, "roles": roles, "deaf": false, "mute": false, "flags": 0,
            "permissions": permissions, "guild_id": SERVER.to_string(),
        }))
        .unwrap()
    }

    #[tokio::test]
    async fn a_library_is_moderated_by_who_manages_the_server_or_has_a_named_role() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.data.dir = folder.path().join("data");
        config.index.dir = folder.path().join("index");
        let libraries = Libraries::open(&config).await.unwrap();
        let library = libraries.empty_library("42").await.unwrap();

        let none = Some(Permissions::empty());
        let cases = [
            (None, false, false),
            (Some(member(&[], none)), false, false),
            (Some(member(&[], None)), false, false),
            (Some(member(&[5], none)), false, true),
            (Some(member(&[6, 5], None)), false, true),
            (Some(member(&[6], none)), false, false),
            (
                Some(member(&[], Some(Permissions::MANAGE_GUILD))),
                true,
                true,
            ),
            (
                Some(member(&[], Some(Permissions::ADMINISTRATOR))),
                true,
                true,
            ),
            (
                Some(member(&[], Some(Permissions::MANAGE_MESSAGES))),
                false,
                false,
            ),
        ];
        for (member, manages_it, _) in &cases {
            let member = member.as_ref();
            assert_eq!(manages(member), *manages_it, "{member:?}");
            let may = may_moderate(&library, member).await.unwrap();
            assert_eq!(may, *manages_it, "no role is named yet: {member:?}");
        }
        library
            .set(MODERATOR_ROLES, Some("5,9"), "test")
            .await
            .unwrap();
        for (member, _, may_then) in &cases {
            let member = member.as_ref();
            let may = may_moderate(&library, member).await.unwrap();
            assert_eq!(may, *may_then, "{member:?}");
        }
        // Where the server's own role is named, everybody moderates.
        let everyone = Some("42");
        library
            .set(MODERATOR_ROLES, everyone, "test")
            .await
            .unwrap();
        let anybody = member(&[], none);
        assert!(may_moderate(&library, Some(&anybody)).await.unwrap());
    }

    #[test]
    fn a_refusal_names_the_remedy() {
        let said = |refused: Refused| {
            let both = refused.lines(Language::Other);
            assert_eq!(both[0], refused.lines(Language::Arabic)[0]);
            assert_eq!(both[1], refused.lines(Language::English)[0]);
            both.join("\n")
        };
        insta::assert_snapshot!(said(Refused::NoRight), @r"
        هذا لمن له إدارة الخادم، أو له دور من الأدوار المسماة في /settings.
        Only people who may manage this server, or who have one of the roles that /settings names, can do this.
        ");
        insta::assert_snapshot!(said(Refused::OnlyManagers), @r"
        اختيار المشرفين لمن له إدارة الخادم: يلزمك لهذا الإذن «Manage Server».
        Who moderates is decided by those who may manage the server: you need the permission “Manage Server” for this.
        ");
        insta::assert_snapshot!(said(Refused::Nowhere), @r"
        هذا يعمل في الخوادم التي أنا فيها، وليس هنا خادم تُدار مصادره.
        This works in servers that I belong to; here there is none whose sources could be managed.
        ");
    }
}
