//! How the configuration is read, and what is refused.

use super::*;

const SHIPPED: &str = include_str!("../../config.toml");

fn read(text: &str, environment: &[(&str, &str)], flags: &[&str]) -> Result<Config, Error> {
    let environment = environment
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
    Config::read(
        Some((Path::new("etc/config.toml"), text)),
        environment,
        &flags,
    )
}

#[track_caller]
fn refused(text: &str, environment: &[(&str, &str)], expected: &str) {
    let error = read(text, environment, &[]).expect_err("it is wrong");
    assert_eq!(
        crate::wording::configuration(crate::language::Language::English, &error),
        expected
    );
}

#[test]
fn the_shipped_file_says_the_defaults() {
    let shipped = Config::read(Some((Path::new("config.toml"), SHIPPED)), [], &[]).unwrap();
    assert_eq!(format!("{shipped:?}"), format!("{:?}", Config::default()));
}

#[test]
fn the_shipped_file_explains_every_key() {
    let mut section = String::new();
    let mut comment = String::new();
    let mut explained = Vec::new();
    for line in SHIPPED.lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            name.clone_into(&mut section);
        } else if let Some(words) = line.strip_prefix("# ") {
            comment.push_str(words);
            comment.push(' ');
            continue;
        } else if let Some((name, value)) = line.split_once(" = ") {
            let key = format!("{section}.{name}");
            assert!(
                comment.contains(&format!("Default: {value}.")),
                "{key}: {comment}"
            );
            assert!(comment.contains("Unit: "), "{key}: {comment}");
            explained.push(key);
        }
        comment.clear();
    }
    assert_eq!(explained, KEYS);
}

#[test]
fn flag_over_environment_over_file_over_default() {
    let text = "[source]\nread_seconds = 7\n[index]\nopen = 2\n[answer]\nmax_question = 20\n[log]\nlevel = \"debug\"\n";
    let environment = [
        ("SANAD_ANSWER__MAX_QUESTION", "30"),
        ("SANAD_LOG__LEVEL", "error,sanad=info"),
        ("HOME", "/"),
    ];
    let config = read(text, &environment, &["log.level=trace"]).unwrap();
    assert_eq!(config.index.open, 2);
    assert_eq!(config.source.read_seconds, 7);
    assert_eq!(config.answer.max_question, 30);
    assert_eq!(config.log.level, "trace");
    assert_eq!(config.retention.questions, 90);
}

#[test]
fn relative_paths_count_from_the_folder_of_the_file() {
    let config = read(
        "[data]\ndir = \"store\"\n",
        &[("SANAD_INDEX__DIR", "/var/index")],
        &[],
    )
    .unwrap();
    assert_eq!(config.data.dir, Path::new("etc/store"));
    assert_eq!(config.index.dir, Path::new("/var/index"));
    let config = Config::read(None, [], &[]).unwrap();
    assert_eq!(config.data.dir, Path::new("data"));
}

#[test]
fn lists_are_separated_by_commas_in_the_environment() {
    let environment = [
        ("SANAD_FETCH__ALLOW", "localhost:8080, [::1]:9"),
        ("SANAD_DISCORD__CDN", ""),
    ];
    let config = read("", &environment, &[]).unwrap();
    assert_eq!(config.fetch.allow, ["localhost:8080", "[::1]:9"]);
    assert!(config.discord.cdn.is_empty());
}

#[test]
fn an_empty_token_is_none_and_no_token_is_shown() {
    assert!(
        read("", &[(TOKEN, " ")], &[])
            .unwrap()
            .discord
            .token
            .is_none()
    );
    let config = read("", &[(TOKEN, "abc.def")], &[]).unwrap();
    assert!(config.discord.token.is_some());
    assert!(!format!("{config:?}").contains("abc.def"));
}

#[test]
fn what_is_unknown_is_refused_with_its_place() {
    refused(
        "[data]\ndir = \"x\"\n\n[answer]\ntreshold = 0.5\n",
        &[],
        "etc/config.toml:5: there is no key `answer.treshold`; did you mean `answer.threshold`?",
    );
    refused(
        "[dta]\ndir = 1\n",
        &[],
        "etc/config.toml:2: there is no key `dta.dir`; did you mean `data.dir`?",
    );
    refused(
        "[zebra]\n",
        &[],
        "etc/config.toml:1: there is no key `zebra`.",
    );
    refused(
        "data = 1\n",
        &[],
        "etc/config.toml:1: there is no key `data`.",
    );
    refused(
        "",
        &[("SANAD_DATA_DIR", "x")],
        "SANAD_DATA_DIR: there is no such variable; did you mean `SANAD_DATA__DIR`?",
    );
    refused(
        "",
        &[("SANAD_QQQQ", "x")],
        "SANAD_QQQQ: there is no such variable.",
    );
}

#[test]
fn values_are_checked_with_key_and_range() {
    refused(
        "[answer]\nthreshold = 1.5\n",
        &[],
        "etc/config.toml:2: `answer.threshold` is `1.5`; it must be a number from 0 to 1.",
    );
    refused(
        "[source]\nread_memory = 1000\n",
        &[],
        "etc/config.toml:2: `source.read_memory` is `1000`; it must be a number from 268435456 to 1099511627776.",
    );
    refused(
        "[index]\nopen = \"many\"\n",
        &[],
        "etc/config.toml:2: `index.open` is `many`; it must be a number from 1 to 10000.",
    );
    refused(
        "",
        &[("SANAD_CHAT__BIDI", "left")],
        "SANAD_CHAT__BIDI: `chat.bidi` is `left`; it must be one of: auto, terminal, sanad, off.",
    );
    refused(
        "[discord]\napi_url = \"https://discord.com/api\"\n",
        &[],
        "etc/config.toml:2: `discord.api_url` is `https://discord.com/api`; it must be scheme://host:port without a path, \
         such as https://discord.com.",
    );
    refused(
        "[discord]\nrestart_backoff_ms = 9000\nrestart_backoff_max_ms = 10\n",
        &[],
        "etc/config.toml:3: `discord.restart_backoff_max_ms` is `10`; it must be a number from 9000 to 86400000.",
    );
    refused(
        "[fetch]\nallow = [\"localhost\"]\n",
        &[],
        "etc/config.toml:2: `fetch.allow` is `localhost`; it must be a list of host:port, such as localhost:8080.",
    );
    refused(
        "[data]\ndir = 7\n",
        &[],
        "etc/config.toml:2: `data.dir` is `7`; it must be a text that is not empty.",
    );
    refused(
        "[data]\ndir = \n",
        &[],
        "etc/config.toml:2: this is not TOML: string values must be quoted, expected literal string",
    );
}

#[test]
fn what_may_be_fetched() {
    let flags = [
        "fetch.max_bytes=2048",
        "fetch.seconds=5",
        "fetch.contact=mailto:a@b.example",
    ];
    let fetch = read("", &[], &flags).unwrap().fetch;
    assert_eq!((fetch.max_bytes, fetch.time.as_secs()), (2048, 5));
    assert_eq!(fetch.contact, "mailto:a@b.example");
    refused(
        "[fetch]\nseconds = 0\n",
        &[],
        "etc/config.toml:2: `fetch.seconds` is `0`; it must be a number from 1 to 600.",
    );
    refused(
        "[fetch]\ncontact = \"me) (you\"\n",
        &[],
        "etc/config.toml:2: `fetch.contact` is `me) (you`; it must be an e-mail or web address of at most 200 plain letters, \
         or nothing.",
    );
}

#[test]
fn where_commands_are_registered() {
    assert_eq!(
        read("", &[], &["discord.register_in=42"])
            .unwrap()
            .discord
            .register_in,
        RegisterIn::Guild(42)
    );
    assert_eq!(
        read("", &[], &["discord.register_in=global"])
            .unwrap()
            .discord
            .register_in,
        RegisterIn::Global
    );
    assert!(read("", &[], &["discord.register_in=here"]).is_err());
}
