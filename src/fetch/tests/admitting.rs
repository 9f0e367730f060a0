//! Which addresses are let through.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;

fn admit(allow: &[&str], address: &str) -> Result<String, ErrorKind> {
    let allow: Vec<String> = allow.iter().map(|allowed| (*allowed).to_owned()).collect();
    Guard::new(&allow).admit(address).map(String::from)
}

#[test]
fn only_the_web_at_its_usual_ports_and_by_name() {
    #[track_caller]
    fn case(address: &str, expected: Result<&str, ErrorKind>) {
        assert_eq!(
            admit(&[], address),
            expected.map(str::to_owned),
            "{address}"
        );
    }
    case("https://a.example", Ok("https://a.example/"));
    case(" HTTP://A.Example:80/b?c#d ", Ok("http://a.example/b?c"));
    case("http://a.example:443/", Ok("http://a.example:443/"));
    case("https://a.example./", Ok("https://a.example/"));
    case(
        "https://موقع.example/كتاب",
        Ok("https://xn--4gbrim.example/%D9%83%D8%AA%D8%A7%D8%A8"),
    );
    for bad in [
        "",
        "a.example/b",
        "https://",
        "https://a b.example/",
        "https://a.example:99999/",
        "https://1.2.3.4.5/",
    ] {
        case(bad, Err(ErrorKind::BadAddress));
    }
    case("ftp://a.example/", Err(ErrorKind::Scheme("ftp".to_owned())));
    case(
        "file:///etc/passwd",
        Err(ErrorKind::Scheme("file".to_owned())),
    );
    case(
        "data:text/plain,x",
        Err(ErrorKind::Scheme("data".to_owned())),
    );
    case("https://me@a.example/", Err(ErrorKind::Credentials));
    case("https://:pw@a.example/", Err(ErrorKind::Credentials));
    case("https://a.example:8443/", Err(ErrorKind::Port(8443)));
    case("http://a.example:22/", Err(ErrorKind::Port(22)));
    case("http://8.8.8.8/", Err(ErrorKind::Literal));
    case("http://[2606:4700:4700::1111]/", Err(ErrorKind::Literal));
}

#[test]
fn inner_names_and_numbers_are_private_in_every_spelling() {
    for address in [
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://printer/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://a.home.arpa./",
        "http://router.lan/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7F000001/",
        "http://0177.0.0.01/",
        "http://017700000001/",
        "http://127.0.0.1./",
        "http://%31%32%37.0.0.1/",
        "http://１２７。０。０。１/",
        "http://①②⑦.0.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:0:0:0:0:80ff:fffe]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http:\\\\169.254.169.254\\latest",
        "http:/169.254.169.254/latest",
        "http:169.254.169.254/latest",
        "http://0/",
        "http://100.64.0.1/",
    ] {
        assert_eq!(admit(&[], address), Err(ErrorKind::Private), "{address}");
    }
}

#[test]
fn what_is_allowed_is_let_through_at_its_port_alone() {
    let allow = ["localhost:8080", "127.0.0.1:81", "[::1]:9", "10.0.0.1:80"];
    for address in [
        "http://localhost:8080/x",
        "http://LocalHost.:8080/x",
        "http://0x7f.1:81/",
        "http://[0:0::1]:9/",
        "http://10.0.0.1/",
    ] {
        assert!(admit(&allow, address).is_ok(), "{address}");
    }
    for address in [
        "http://localhost/",
        "http://localhost:8081/",
        "http://127.0.0.1:8080/",
        "https://10.0.0.1/",
        "http://[::ffff:127.0.0.1]:81/",
    ] {
        assert_eq!(admit(&allow, address), Err(ErrorKind::Private), "{address}");
    }
    assert_eq!(
        admit(&allow, "http://me@localhost:8080/"),
        Err(ErrorKind::Credentials)
    );
    assert_eq!(
        admit(&allow, "ftp://localhost:8080/"),
        Err(ErrorKind::Scheme("ftp".to_owned()))
    );
}

/// A guard whose names all stand for these machines, and how often it looked one up.
fn standing_for(allow: &[String], machines: &[&str]) -> (Guard, Arc<AtomicUsize>) {
    let machines: Vec<IpAddr> = machines.iter().map(|one| one.parse().unwrap()).collect();
    let looked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&looked);
    let lookup = move |_: &str| -> io::Result<Vec<IpAddr>> {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(machines.clone())
    };
    (Guard::with_lookup(allow, Arc::new(lookup)), looked)
}

async fn machines(machines: &[&str]) -> Result<Vec<String>, ErrorKind> {
    let (guard, _) = standing_for(&[], machines);
    let url = guard.admit("https://a.example/").unwrap();
    let found = guard.machines(&url).await?;
    Ok(found.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn a_name_that_stands_for_any_private_machine_is_not_asked() {
    assert_eq!(
        machines(&["1.1.1.1", "2606:4700:4700::1111"])
            .await
            .unwrap(),
        ["1.1.1.1:443", "[2606:4700:4700::1111]:443"]
    );
    for private in [
        &["127.0.0.1"] as &[&str],
        &["1.1.1.1", "10.0.0.1"],
        &["192.168.1.1", "1.1.1.1"],
        &["1.1.1.1", "::1"],
        &["::ffff:127.0.0.1"],
        &["1.1.1.1", "2002:a00:1::"],
        &["1.1.1.1", "64:ff9b::a00:1"],
        &["1.1.1.1", "0.0.0.0"],
    ] {
        assert_eq!(
            machines(private).await,
            Err(ErrorKind::Private),
            "{private:?}"
        );
    }
    assert_eq!(machines(&[]).await, Err(ErrorKind::UnknownHost));
}

#[tokio::test]
async fn a_name_that_nobody_knows_and_one_that_is_private_are_told_without_a_machine() {
    let lookup = |_: &str| -> io::Result<Vec<IpAddr>> { Err(io::Error::other("no such name")) };
    let guard = Guard::with_lookup(&[], Arc::new(lookup));
    let fetcher = Fetcher::with_guard(&config::Fetch::default(), guard);
    let error = fetcher.fetch("https://a.example/", None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::UnknownHost);

    let (guard, looked) = standing_for(&[], &["10.1.2.3"]);
    let fetcher = Fetcher::with_guard(&config::Fetch::default(), guard);
    let error = fetcher
        .fetch("https://a.example/x", None)
        .await
        .unwrap_err();
    assert_eq!(
        (error.address.as_str(), error.redirected),
        ("https://a.example/x", false)
    );
    assert_eq!(error.kind, ErrorKind::Private);
    assert_eq!(looked.load(Ordering::SeqCst), 1);
    assert!(!format!("{error} {error:?}").contains("10.1"));
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_connected_to() {
    let site = Site::new(|_| Some(plain("Noah built the ark of gopher wood."))).await;
    let name = format!("books.example:{}", site.machine.port());
    let (guard, looked) = standing_for(std::slice::from_ref(&name), &["127.0.0.1"]);
    let fetcher = Fetcher::with_guard(&config::Fetch::default(), guard);
    // No system knows this name: it is found only if the client takes the machines that were looked at.
    let page = page(fetcher.fetch(&format!("http://{name}/ark.txt"), None).await);
    assert_eq!(page.bytes, b"Noah built the ark of gopher wood.");
    // Once for the robots.txt, once for the page, and no third time between looking and connecting.
    assert_eq!(looked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_name_that_becomes_private_is_not_asked_from_then_on() {
    let looked = AtomicUsize::new(0);
    let lookup = move |_: &str| -> io::Result<Vec<IpAddr>> {
        let machines = ["1.1.1.1", "10.0.0.1"];
        let machine = machines[looked.fetch_add(1, Ordering::SeqCst).min(1)];
        Ok(vec![machine.parse().unwrap()])
    };
    let guard = Guard::with_lookup(&[], Arc::new(lookup));
    let url = guard.admit("http://books.example/").unwrap();
    assert!(guard.machines(&url).await.is_ok());
    assert_eq!(guard.machines(&url).await, Err(ErrorKind::Private));
}

/// Private addresses of IPv4.
fn private() -> impl Strategy<Value = Ipv4Addr> {
    prop_oneof![
        any::<[u8; 3]>().prop_map(|[b, c, d]| Ipv4Addr::new(127, b, c, d)),
        any::<[u8; 3]>().prop_map(|[b, c, d]| Ipv4Addr::new(10, b, c, d)),
        any::<[u8; 2]>().prop_map(|[c, d]| Ipv4Addr::new(192, 168, c, d)),
        (16u8..32, any::<[u8; 2]>()).prop_map(|(b, [c, d])| Ipv4Addr::new(172, b, c, d)),
        any::<[u8; 2]>().prop_map(|[c, d]| Ipv4Addr::new(169, 254, c, d)),
        any::<[u8; 3]>().prop_map(|[b, c, d]| Ipv4Addr::new(0, b, c, d)),
    ]
}

/// A number as hexadecimal, octal or decimal, with zeros that mean nothing.
fn spelled(number: u32, base: u8, zeros: usize) -> String {
    let zeros = "0".repeat(zeros);
    match base % 4 {
        0 => format!("0x{zeros}{number:x}"),
        1 => format!("0X{zeros}{number:X}"),
        2 => format!("0{zeros}{number:o}"),
        _ => number.to_string(),
    }
}

/// An address of IPv4 in one to four parts, each in a base of its own.
fn host(address: Ipv4Addr, n_parts: usize, bases: [u8; 4], zeros: [usize; 4]) -> String {
    let octets = address.octets();
    let mut parts: Vec<u32> = octets[..n_parts - 1]
        .iter()
        .map(|octet| u32::from(*octet))
        .collect();
    let rest = octets[n_parts - 1..].iter();
    parts.push(rest.fold(0, |number, octet| number << 8 | u32::from(*octet)));
    let parts = parts.iter().zip(bases).zip(zeros);
    let parts: Vec<String> = parts
        .map(|((part, base), zeros)| spelled(*part, base, zeros))
        .collect();
    parts.join(".")
}

proptest! {
    #[test]
    fn no_spelling_of_a_private_address_is_let_through(
        address in private(),
        n_parts in 1usize..=4,
        bases in any::<[u8; 4]>(),
        zeros in [0usize..4, 0usize..4, 0usize..4, 0usize..4],
        dressing in 0u8..5,
        scheme in prop_oneof![Just("http"), Just("https"), Just("HTTP")],
        port in prop_oneof![Just(""), Just(":80"), Just(":443")],
    ) {
        let host = host(address, n_parts, bases, zeros);
        let host = match dressing {
            0 => host,
            1 => format!("{host}."),
            // Every letter as a percent code.
            2 => host.bytes().map(|byte| format!("%{byte:02x}")).collect(),
            // Full-width letters and an ideographic stop.
            3 => host.chars().map(|c| match c {
                '.' => '。',
                c => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
            }).collect(),
            _ => {
                let [a, b, c, d] = address.octets();
                match bases[0] % 5 {
                    0 => format!("[::ffff:{address}]"),
                    1 => format!("[0:0::FFFF:{a:02x}{b:02x}:{c:02x}{d:02x}]"),
                    2 => format!("[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]"),
                    3 => format!("[64:ff9b::{address}]"),
                    _ => format!("[::{address}]"),
                }
            }
        };
        let address = format!("{scheme}://{host}{port}/x");
        prop_assert_eq!(admit(&["localhost:80"], &address), Err(ErrorKind::Private), "{}", address);
    }

    #[test]
    fn whatever_is_let_through_is_a_public_looking_name(text in "\\PC{0,60}", rest in "[a-z0-9.:@%/\\\\]{0,30}") {
        for address in [text.clone(), format!("http://{text}"), format!("https://{rest}")] {
            if let Ok(admitted) = admit(&[], &address) {
                let url = Url::parse(&admitted).unwrap();
                prop_assert!(url.domain().is_some_and(|name| name.contains('.')), "{}", admitted);
                prop_assert!(matches!(url.port_or_known_default(), Some(80 | 443)));
                prop_assert_eq!(admit(&[], &admitted), Ok(admitted.clone()));
            }
        }
    }
}
