using static Portal.Core.Foundation.MailCategory;
using static Portal.Core.Foundation.MailVariables;

namespace Portal.Core.Foundation;

/// <summary>The one table of all mails that the portal writes. Those whose rooms are still to come are complete here already.</summary>
public static class MailTemplates
{
    public static readonly IReadOnlyList<MailTemplate> All =
    [
        // ways in: what these hold opens a door
        new("verify_email", SignIn, Code, Expires) { IsToUnknown = true },
        new("change_email_code", SignIn, Code, Expires) { IsToUnknown = true },
        new("sign_in_code", SignIn, Code, Expires),
        new("reset_code", SignIn, Code, Expires),
        new("registered_already", SignIn, Link),
        new("invitation", SignIn, Who, Text("where", "The team’s name", "Acme Jewellers"), Text("role", "As what they join", "a manager"), Link with { IsSecret = true }, Expires),
        new("invitation_known", SignIn, Who, Text("where", "The team’s name", "Acme Jewellers")),

        // the account's safety
        new("account_security", Security, Text("what", "What happened", "Your password was changed"), Text("about", "More about it", "If this was not you, reset your password at once and tell us."), Link),
        new("sign_in_paused", Security, Address, Number("minutes", "How long", 15), When, Link),
        new("token_reused", Security, Address, When, Link),
        new("first_admin", Security, Link),
        new("email_changed", Security, Text("before", "The old address", "rudo@acme.local"), Text("after", "The new address", "rudo@example.com"), When, Link),
        new("email_changed_farewell", Security, Text("after", "The new address", "rudo@example.com"), When),
        new("password_changed", Security, When, Link),
        new("password_reset", Security, Address, When, Link),
        new("second_factor_on", Security, When, Link),
        new("second_factor_off", Security, When, Link),
        new("recovery_used", Security, Number("left", "How many codes are left", 7), When, Link),
        new("passkey_added", Security, Text("passkey", "The passkey’s name", "Rudo’s phone"), When, Link),
        new("passkey_removed", Security, Text("passkey", "The passkey’s name", "Rudo’s phone"), When, Link),
        new("account_closing", Security, new TemplateVariable("erased", VariableKind.Moment, "When it is erased", new DateTime(2026, 12, 5, 8, 15, 0, DateTimeKind.Utc)), Link),

        // clients and teams
        new("client_registered", Account, Organisation, Link),
        new("welcome", Account, Organisation, Link),
        new("client_declined", Account, Organisation, Reason, Link),
        new("client_deactivated", Account, Organisation, Reason, Link),
        new("client_activated", Account, Organisation, Link),
        new("client_closing", Account, Organisation, new TemplateVariable("closes", VariableKind.Moment, "When it is closed for good", new DateTime(2026, 12, 5, 8, 15, 0, DateTimeKind.Utc)), Link),
        new("client_closing_agency", Account, Organisation, new TemplateVariable("closes", VariableKind.Moment, "When it is closed for good", new DateTime(2026, 12, 5, 8, 15, 0, DateTimeKind.Utc)), Link),
        new("account_status", Account, Text("what", "What has changed", "Marula Skincare is active again"), Text("about", "More about it", "Everything is where you left it."), Link),
        new("agent_assigned", Account, Organisation, Text("service", "The service", "marketing"), Link),
        new("member_joined", Account, Who, Text("role", "As what", "a manager"), Link),
        new("team_changed", Account, Text("what", "What has changed", "Tendai Moyo has joined your team"), Text("about", "More about it", "They accepted the invitation."), Link),
        new("mail_test", Account, Link, When),
        new("integration_broke", Account, Integration, Provider, Reason with { About = "What the provider said", Sample = "Invalid API key." }, When, Link),
        new("integration_expiring", Account, Integration, Provider, Expires with { About = "When it stops working", Sample = new DateTime(2026, 12, 5, 0, 0, 0, DateTimeKind.Utc) }, Link),
        new("provider_silent", Account, Provider, new TemplateVariable("last", VariableKind.Moment, "When it called last", new DateTime(2026, 11, 21, 8, 15, 0, DateTimeKind.Utc)), When, Link),
        new("provider_refused", Account, Provider, Reason with { About = "Why its calls are refused", Sample = "Calls arrive whose signature does not fit." }, new TemplateVariable("since", VariableKind.Moment, "When the first of them came", new DateTime(2026, 11, 21, 8, 15, 0, DateTimeKind.Utc)), When, Link),
        new("integration_recovered", Account, Integration, Provider, When, Link),

        // money
        new("payment_confirmed", Payments, Amount, Text("payment", "The payment’s number", "PAY-7731"), When, Link),
        new("payment_due", Payments, Amount, Matter, Day, Link),
        new("invoice_created", Payments, Invoice, Amount, Matter, Day, Link),
        new("invoice_reminder", Payments, Invoice, Amount, Matter, Day, Number("days", "How many days are left", 3), Link),
        new("invoice_overdue", Payments, Invoice, Amount, Matter, Day, Link),
        new("balance_low", Payments, new TemplateVariable("balance", VariableKind.Money, "What is left", new Money(3640, Currency.Usd)), Number("days", "For how many days it lasts", 3), Link),
        new("subscription_activated", Payments, Plan, Day, Link),
        new("subscription_renewal_reminder", Payments, Plan, Amount, Day, Link),
        new("subscription_cancelled", Payments, Plan, Day, Link),

        // work
        new("task_assigned", Tasks, Who, MailVariables.Task, Project, Day, Link),
        new("task_completed", Tasks, Who, MailVariables.Task, Project, When, Link),
        new("task_overdue", Tasks, MailVariables.Task, Project, Day, Link),
        new("website_phase_completed", Tasks, Text("phase", "The phase", "The design phase"), Project, Text("next", "What begins now", "Development") with { IsOptional = true }, Link),
        new("website_demo_ready", Tasks, Project, Link),
        new("message_received", Messages, Who, Project, Text("preview", "The message, or its beginning", "Two headlines for you to choose from: which one feels more like you?"), Link),
        new("content_approved", MailCategory.Content, Post, Day, Link),
        new("content_rejected", MailCategory.Content, Post, Who, Text("feedback", "What is to be changed", "Please use the winter photograph."), Link),
        new("content_posted", MailCategory.Content, Post, Text("network", "Where", "Instagram"), When, Link),
        new("course_enrolled", Courses, Course, Link),
        new("course_completed", Courses, Course, Day, Link),
        new("performance_update", Performance, Number("reach", "How many people were reached", 48_210), Number("change", "The change in per cent", 12), Post, Link),
        new("campaign_finished", Performance, Text("campaign", "The campaign’s name", "November offers"), Number("delivered", "How many were delivered", 364), Number("failed", "How many were not", 16), Link),
        new("digest", Digest, new TemplateVariable("items", VariableKind.List, "What happened", Happened), Text("what", "The one piece of news, or how many there are", "2 things you have not read yet"), Link),
    ];

    private static readonly Dictionary<string, MailTemplate> ByKey = All.ToDictionary(t => t.Key);

    private static TemplateItem[] Happened =>
    [
        new("Tendai Moyo wrote about Festive launch", "Two headlines for you to choose from: which one feels more like you?", "/dashboard", new DateTime(2026, 11, 21, 6, 40, 0, DateTimeKind.Utc)),
        new("“Gold care guide” is approved", "It goes out on 28 November.", "/dashboard", new DateTime(2026, 11, 20, 14, 5, 0, DateTimeKind.Utc)),
    ];

    public static MailTemplate Of(string key) => ByKey.GetValueOrDefault(key) ?? throw new InvalidOperationException($"There is no mail template {key}.");

    public static MailTemplate? Find(string? key) => key is null ? null : ByKey.GetValueOrDefault(key);
}
