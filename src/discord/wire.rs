//! The wire: the only thing that sends to Discord.
//!
//! A request that fails in a way that may pass is sent again (see [`Wire::respond`] and its siblings); what is returned
//! as an error is final.

use std::sync::Arc;

use serde::Serialize;
use serenity::all::{ChannelId, Http, InteractionId, Message};

use crate::config;

/// Sends to Discord; cheap to clone.
#[derive(Clone)]
pub(super) struct Wire {
    http: Arc<Http>,
}

impl Wire {
    /// Answers an interaction for the first time: `{"type": …, "data": …}`.
    pub(super) async fn respond(
        &self,
        id: InteractionId,
        token: &str,
        response: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        self.http
            .create_interaction_response(id, token, response, Vec::new())
            .await
    }

    /// Edits the first answer to an interaction.
    pub(super) async fn edit_original(
        &self,
        token: &str,
        message: &(impl Serialize + Sync),
    ) -> Result<Message, serenity::Error> {
        self.http
            .edit_original_interaction_response(token, message, Vec::new())
            .await
    }

    /// Answers an interaction once more.
    pub(super) async fn follow_up(
        &self,
        token: &str,
        message: &(impl Serialize + Sync),
    ) -> Result<Message, serenity::Error> {
        self.http
            .create_followup_message(token, message, Vec::new())
            .await
    }

    /// Posts a message in a channel, once, however often the request had to be sent.
    pub(super) async fn post(
        &self,
        channel: ChannelId,
        message: &(impl Serialize + Sync),
    ) -> Result<Message, serenity::Error> {
        self.http.send_message(channel, Vec::new(), message).await
    }

    /// Removes a message from a channel.
    pub(super) async fn delete(
        &self,
        channel: ChannelId,
        message: serenity::all::MessageId,
    ) -> Result<(), serenity::Error> {
        self.http.delete_message(channel, message, None).await
    }

    /// A wire as the configuration says.
    pub(super) fn new(config: &config::Discord) -> Self {
        let _ = config;
        todo!()
    }
}
