using static Portal.Core.Reactions.Notifications.NotificationCategory;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// The one table of all that the portal tells of. A rule says which event is of which type; those whose rooms are still to come are
/// complete here already, with facts to show them by.
/// </summary>
public static class NotificationTypes
{
    private const Channels Both = Channels.InApp | Channels.Email;

    public static readonly IReadOnlyList<NotificationType> All =
    [
        new("payment_confirmed", Payments, "success", "check-circle", Both, true, "{amount} received", "Payment {payment} is booked. Thank you."),
        new("payment_due", Payments, "danger", "card", Both, true, "{amount} is due on {day}", "For {matter}. Pay from your wallet or by card."),
        new("invoice_created", Payments, "info", "receipt", Both, true, "New invoice {invoice}", "{amount} for {matter}, due on {day}."),
        new("invoice_reminder", Payments, "warning", "receipt", Both, true, "Invoice {invoice} is due in {days} days", "{amount}, {matter}."),
        new("invoice_overdue", Payments, "danger", "alert", Both, true, "Invoice {invoice} is overdue", "{amount} was due on {day}."),
        new("balance_low", Payments, "warning", "wallet", Both, true, "Your balance is low", "{balance} left: enough for about {days} days."),
        new("subscription_activated", Payments, "success", "repeat", Both, true, "{plan} is active", "It renews on {day}."),
        new("subscription_renewal_reminder", Payments, "info", "calendar", Both, true, "{plan} renews on {day}", "{amount} will be charged then."),
        new("subscription_cancelled", Payments, "neutral", "ban", Both, true, "{plan} is cancelled", "You can use it until {day}."),
        new("task_assigned", Tasks, "info", "list", Both, false, "{who} gave you a task", "“{task}” in {project}, due on {day}."),
        new("task_completed", Tasks, "success", "check-circle", Both, false, "“{task}” is done", "{who} completed it in {project}."),
        new("task_overdue", Tasks, "danger", "timer", Both, false, "“{task}” is overdue", "It was due on {day} in {project}."),
        new("website_phase_completed", Tasks, "success", "flag", Both, false, "{phase} of {project} is complete", "Development begins now."),
        new("website_demo_ready", Tasks, "teal", "globe", Both, false, "A demo of {project} is ready", "Look at it and tell us what you would change."),
        new("client_registered", Tasks, "warning", "building", Both, false, "{client} waits for approval", "Look at it and approve or decline it."),
        new("message_received", Messages, "purple", "message", Both, false, "{who} wrote about {project}", "“{preview}”") { Many = "{who} wrote {times} messages about {project}" },
        new("content_approved", Content, "success", "image", Both, false, "“{post}” is approved", "It goes out on {day}."),
        new("content_rejected", Content, "danger", "x-circle", Both, false, "“{post}” needs changes", "{who}: “{feedback}”"),
        new("content_posted", Content, "info", "send", Both, false, "“{post}” is posted", "It is on {network} now."),
        new("course_enrolled", Content, "teal", "cap", Both, false, "You are enrolled in {course}", "Begin whenever it suits you."),
        new("course_completed", Content, "teal", "certificate", Both, false, "You have finished {course}", "Your certificate is ready to download."),
        new("performance_update", Performance, "orange", "trend-up", Both, false, "Your weekly performance is ready", "Reach {reach}, up {change} %. Best post: {post}."),
        new("campaign_finished", Performance, "orange", "megaphone", Both, false, "{campaign} has finished", "{delivered} messages delivered, {failed} not delivered and not charged."),
        new("account_security", Security, "warning", "shield", Both, true, "Your password was changed", "If this was not you, reset your password at once and tell us."),
        new("team_changed", Account, "info", "team", Both, false, "{who} has joined your team", "They accepted the invitation."),
        new("account_status", Account, "neutral", "info", Both, true, "{client} is active again", "Everything is where you left it."),
    ];

    /// <summary>Facts to show every type by where the room that knows better ones is still to come.</summary>
    public static readonly IReadOnlyDictionary<string, string> Samples = new Dictionary<string, string>
    {
        ["amount"] = "$480.00",
        ["balance"] = "$36.40",
        ["campaign"] = "November offers",
        ["change"] = "12",
        ["client"] = "Marula Skincare",
        ["course"] = "Selling on Instagram",
        ["day"] = "28 November",
        ["days"] = "3",
        ["delivered"] = "364",
        ["failed"] = "16",
        ["feedback"] = "Please use the winter photograph.",
        ["invoice"] = "INV-2041",
        ["matter"] = "marketing retainer for November",
        ["network"] = "Instagram",
        ["payment"] = "PAY-7731",
        ["phase"] = "The design phase",
        ["plan"] = "Growth",
        ["post"] = "Gold care guide",
        ["preview"] = "Two headlines for you to choose from: which one feels more like you?",
        ["project"] = "Festive launch",
        ["reach"] = "48,210",
        ["task"] = "Write the festive newsletter",
        ["who"] = "Tendai Moyo",
    };

    private static readonly Dictionary<string, NotificationType> ByKey = All.ToDictionary(t => t.Key);

    public static NotificationType Of(string key) => ByKey.GetValueOrDefault(key) ?? throw new InvalidOperationException($"There is no type of notification {key}.");

    /// <summary>Null for one that a later version has and this one does not.</summary>
    public static NotificationType? Find(string key) => ByKey.GetValueOrDefault(key);
}
