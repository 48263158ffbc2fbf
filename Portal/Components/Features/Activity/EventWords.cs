using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Components.Ui;
using static Portal.Resources.Texts;

namespace Portal.Components.Features.Activity;

/// <summary>How an event reads and looks in a feed. A new event is a line here and a text named event.*; one that a client hears of is a text named ours.* too.</summary>
public static class EventWords
{
    private static readonly Dictionary<string, (string Icon, string Tone)> Looks = new()
    {
        ["signed_in"] = ("user", "info"),
        ["signed_out"] = ("log-out", "neutral"),
        ["sign_in_paused"] = ("lock", "warning"),
        ["refresh_token_reused"] = ("shield", "danger"),
        ["first_admin_created"] = ("user-plus", "success"),
        ["client_opened"] = ("building", "success"),
        ["email_verified"] = ("check-circle", "success"),
        ["email_changed"] = ("mail", "warning"),
        ["password_changed"] = ("key", "warning"),
        ["password_reset"] = ("key", "warning"),
        ["sessions_ended"] = ("log-out", "warning"),
        ["sign_in_refused"] = ("x-circle", "warning"),
        ["second_factor_turned_on"] = ("shield", "success"),
        ["second_factor_turned_off"] = ("shield", "danger"),
        ["recovery_codes_renewed"] = ("key", "info"),
        ["recovery_code_used"] = ("key", "warning"),
        ["passkey_added"] = ("key", "success"),
        ["passkey_removed"] = ("key", "warning"),
        ["own_profile_changed"] = ("edit", "info"),
        ["own_data_exported"] = ("download", "info"),
        ["account_closing"] = ("trash", "warning"),
        ["account_kept"] = ("refresh", "success"),
        ["account_erased"] = ("trash", "danger"),
        ["person_deactivated"] = ("ban", "warning"),
        ["person_activated"] = ("check", "success"),
        ["client_registered"] = ("building", "info"),
        ["client_approved"] = ("check-circle", "success"),
        ["client_declined"] = ("x-circle", "danger"),
        ["client_activated"] = ("check", "success"),
        ["client_deactivated"] = ("pause", "warning"),
        ["client_profile_changed"] = ("edit", "info"),
        ["client_note_changed"] = ("note", "neutral"),
        ["client_closing"] = ("trash", "warning"),
        ["client_kept"] = ("refresh", "success"),
        ["client_closed"] = ("trash", "danger"),
        ["agent_assigned"] = ("user-plus", "success"),
        ["agent_unassigned"] = ("minus", "neutral"),
        ["client_viewed"] = ("eye", "info"),
        ["client_view_ended"] = ("eye-off", "neutral"),
        ["client_changes_taken"] = ("edit", "warning"),
        ["client_page_viewed"] = ("eye", "neutral"),
        ["clients_imported"] = ("upload", "success"),
        ["member_invited"] = ("mail", "info"),
        ["member_joined"] = ("user-plus", "success"),
        ["member_level_changed"] = ("users", "info"),
        ["member_removed"] = ("minus", "warning"),
        ["invitation_sent_again"] = ("send", "info"),
        ["invitation_withdrawn"] = ("ban", "neutral"),
        ["staff_invited"] = ("mail", "info"),
        ["staff_joined"] = ("user-plus", "success"),
        ["agent_profile_changed"] = ("edit", "info"),
        ["clients_handed_over"] = ("users", "info"),
        ["agency_profile_changed"] = ("edit", "info"),
        ["terms_changed"] = ("file", "warning"),
        ["sample_raised"] = ("bell", "neutral"),
        ["delivery_sent_again"] = ("send", "info"),
        ["mail_tried"] = ("mail", "info"),
        ["mail_template_changed"] = ("edit", "info"),
        ["mail_template_restored"] = ("history", "info"),
        ["mail_template_reset"] = ("refresh", "info"),
        ["mail_template_tried"] = ("mail", "neutral"),
        ["number_confirmed"] = ("mobile", "success"),
        ["number_withdrawn"] = ("mobile", "neutral"),
        ["hearing_changed"] = ("bell", "info"),
        ["hearing_defaults_changed"] = ("bell", "info"),
        ["mail_unsubscribed"] = ("bell-off", "neutral"),
        ["mail_subscribed_again"] = ("bell", "success"),
        ["delivery_stopped"] = ("stop", "warning"),
        ["mail_suppression_lifted"] = ("mail", "success"),
        ["job_paused"] = ("pause", "warning"),
        ["job_resumed"] = ("refresh", "success"),
        ["job_asked_for"] = ("play", "info"),
        ["webhook_run_again"] = ("refresh", "info"),
        ["provider_fell_silent"] = ("alert", "warning"),
        ["provider_calls_refused"] = ("alert", "warning"),
        ["retention_changed"] = ("trash", "warning"),
        ["api_config_created"] = ("plug", "success"),
        ["api_config_changed"] = ("edit", "info"),
        ["api_config_activated"] = ("play", "success"),
        ["api_config_deactivated"] = ("pause", "warning"),
        ["api_config_deleted"] = ("trash", "danger"),
        ["api_config_tested"] = ("activity", "neutral"),
        ["api_config_broke"] = ("alert", "danger"),
        ["api_config_expiring"] = ("timer", "warning"),
        ["api_config_recovered"] = ("check-circle", "success"),
        ["encryption_key_renewed"] = ("key", "warning"),
        ["messages_sent"] = ("send", "info"),
        ["message_hidden"] = ("eye-off", "neutral"),
        ["simulator_used"] = ("activity", "info"),
    };

    public static IReadOnlyCollection<string> Known => Looks.Keys;

    /// <summary>As it reads after a name: "signed in".</summary>
    public static string Phrase(string type) => T("event." + type);

    /// <summary>As it reads alone: "Signed in".</summary>
    public static string Title(string type) => Phrase(type) is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.CurrentCulture) + rest : "";

    /// <summary>As a client's own people read it: a whole sentence from their side.</summary>
    public static MarkupString Ours(string type, string actor, string? whom) =>
        new(string.Format(CultureInfo.CurrentCulture, Show.Html(T("ours." + type)), Bold(actor), Bold(whom ?? "")));

    /// <summary>What the portal does by itself it does in its own name; which part of it did it is for engineers.</summary>
    public static string Actor(long id, string name) => id == 0 ? T("app.name") : name;

    public static string Icon(string type) => Looks.GetValueOrDefault(type).Icon ?? "activity";

    public static string Tone(string type) => Looks.GetValueOrDefault(type).Tone ?? "neutral";

    public static string Subject(string kind, long id, string? name = null) => name ?? T("subject.named", Has("subject." + kind) ? T("subject." + kind) : kind, id);

    private static string Bold(string name) => $"<b>{Show.Html(name)}</b>";

    /// <summary>Every kind of event to choose from, in the order of its words.</summary>
    public static IReadOnlyList<Option> Options { get; } = [.. Looks.Keys.Select(type => new Option(type, Title(type))).OrderBy(o => o.Text, StringComparer.CurrentCulture)];
}
