//! The answers with which Discord refuses a request: status, code, and for a bad form the path of each fault.
//!
//! A refusal is what the bot receives *and* what a test later finds in [`Double::violations`](super::Double::violations),
//! so its sentence is Discord's own wherever that is known.

use serde_json::{Map, Value, json};

/// One error answer.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u64,
    pub(super) message: String,
    pub(super) faults: Vec<Fault>,
}

/// One fault in a form: where, Discord's name for it, and the sentence.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) path: String,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: u64, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            faults: Vec::new(),
        }
    }

    /// 404 with the code of the unknown thing.
    pub(super) fn unknown(code: u64, thing: &str) -> Self {
        Self::new(404, code, format!("Unknown {thing}"))
    }

    pub(super) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(super) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(super) fn empty_message() -> Self {
        Self::new(400, 50006, "Cannot send an empty message")
    }

    /// 400 with a form that has one fault.
    pub(super) fn form(path: &str, code: &'static str, message: impl Into<String>) -> Self {
        let mut faults = Faults::default();
        faults.add(path, code, message);
        faults.refusal()
    }

    /// The body of the answer.
    pub(super) fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if !self.faults.is_empty() {
            let mut errors = Value::Object(Map::new());
            for fault in &self.faults {
                let mut place = &mut errors;
                for part in fault.path.split('.').filter(|part| !part.is_empty()) {
                    place = &mut place[part];
                }
                let found = json!({"code": fault.code, "message": fault.message});
                match place["_errors"].as_array_mut() {
                    Some(list) => list.push(found),
                    None => place["_errors"] = json!([found]),
                }
            }
            body["errors"] = errors;
        }
        body
    }

    /// The refusal in one line, for the list of violations.
    pub(super) fn line(&self) -> String {
        let mut line = format!("{} {} {}", self.status, self.code, self.message);
        for fault in &self.faults {
            let place = if fault.path.is_empty() {
                "body"
            } else {
                &fault.path
            };
            line.push_str(&format!("; {place}: {} ({})", fault.message, fault.code));
        }
        line
    }
}

/// The faults found in a form; Discord reports all of them at once.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(
        &mut self,
        path: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.0.push(Fault {
            path: path.into(),
            code,
            message: message.into(),
        });
    }

    /// Checks a text that may be absent, and counts it in code points.
    pub(super) fn text(&mut self, path: &str, value: &Value, max: usize) -> usize {
        match value {
            Value::Null => 0,
            Value::String(text) => {
                let n = text.chars().count();
                if n > max {
                    self.add(
                        path,
                        "BASE_TYPE_MAX_LENGTH",
                        format!("Must be {max} or fewer in length."),
                    );
                }
                n
            }
            _ => {
                self.add(
                    path,
                    "STRING_TYPE_CONVERT",
                    format!("Could not interpret \"{value}\" as string."),
                );
                0
            }
        }
    }

    /// Checks a text that must hold something besides white space.
    pub(super) fn required(&mut self, path: &str, value: &Value, max: usize) -> usize {
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
            return 0;
        }
        self.text(path, value, max)
    }

    /// Checks a whole number that may be absent.
    pub(super) fn number(&mut self, path: &str, value: &Value, least: u64, most: u64) {
        let fits = value
            .as_u64()
            .is_some_and(|number| (least..=most).contains(&number));
        if !value.is_null() && !fits {
            self.add(
                path,
                "NUMBER_TYPE_RANGE",
                format!("int value should be between {least} and {most}."),
            );
        }
    }

    /// The list at `value`; absent is empty, anything else is a fault.
    pub(super) fn list<'a>(&mut self, path: &str, value: &'a Value, most: usize) -> &'a [Value] {
        match value {
            Value::Null => &[],
            Value::Array(list) => {
                if list.len() > most {
                    self.add(
                        path,
                        "BASE_TYPE_BAD_LENGTH",
                        format!("Must be {most} or fewer in length."),
                    );
                }
                list
            }
            _ => {
                self.add(
                    path,
                    "LIST_TYPE_CONVERT",
                    "Only iterables may be used in a ListType",
                );
                &[]
            }
        }
    }

    /// A web address, absent being fine.
    pub(super) fn url(&mut self, path: &str, value: &Value, schemes: &[&str]) {
        if value.is_null() {
            return;
        }
        self.text(path, value, 2048);
        let url = value.as_str().unwrap_or_default();
        let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
            self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }

    /// Done: all is well, or 400 with everything found.
    pub(super) fn settle(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    fn refusal(self) -> Refusal {
        Refusal {
            status: 400,
            code: 50035,
            message: "Invalid Form Body".to_owned(),
            faults: self.0,
        }
    }
}
