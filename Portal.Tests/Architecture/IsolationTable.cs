using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Architecture;

/// <summary>Who comes to try every door.</summary>
[Flags]
public enum Visitor
{
    Nobody = 0,
    Anonymous = 1,

    /// <summary>The owner of another organisation.</summary>
    Stranger = 2,

    /// <summary>An agent of other clients.</summary>
    OtherAgent = 4,

    /// <summary>An agent of Acme's, in the website department.</summary>
    WebsiteAgent = 8,

    /// <summary>The same, in marketing.</summary>
    MarketingAgent = 16,

    /// <summary>Acme's people.</summary>
    Viewer = 32,
    Owner = 64,
    Admin = 128,

    Agents = OtherAgent | WebsiteAgent | MarketingAgent,
    AcmesAgents = WebsiteAgent | MarketingAgent,
    AcmesPeople = Viewer | Owner,
    Clients = Stranger | AcmesPeople,
    SignedIn = Agents | Clients | Admin,
    Everyone = SignedIn | Anonymous,
}

/// <summary>A door, who may open it, and what a well-formed caller brings: an object as JSON, a text as CSV. Everyone else must be turned away.</summary>
public sealed record Door(Visitor May, object? Body = null);

/// <summary>
/// Every route of the portal and who may take it. A route that is not here fails the build, and so does a line without a route. Ids in
/// a route are those of Acme Jewellers' things: see <see cref="Samples"/>.
/// </summary>
public static class IsolationTable
{
    public static readonly Dictionary<string, Door> Doors = new()
    {
        // pages for everyone
        ["GET /"] = new(Visitor.SignedIn),
        ["GET /error"] = new(Visitor.Everyone),
        ["GET /problem/{Status:int}"] = new(Visitor.Everyone),
        ["GET /problem/403"] = new(Visitor.Everyone),
        ["GET /problem/404"] = new(Visitor.Everyone),
        ["GET /forbidden"] = new(Visitor.Everyone),
        ["GET /not-found"] = new(Visitor.Everyone),
        ["GET /sign-in"] = new(Visitor.Everyone),
        ["GET /sign-in/code"] = new(Visitor.Everyone),
        ["GET /sign-in/code/enter"] = new(Visitor.Everyone),
        ["GET /sign-in/second-step"] = new(Visitor.SignedIn), // whoever owes no second step is sent to begin
        ["GET /register"] = new(Visitor.Everyone),
        ["GET /verify-email"] = new(Visitor.Everyone),
        ["GET /forgot-password"] = new(Visitor.Everyone),
        ["GET /reset-password"] = new(Visitor.Everyone),
        ["GET /invited"] = new(Visitor.Everyone),
        ["GET /unsubscribe"] = new(Visitor.Nobody), // without the link of a mail there is nothing; HearingApiTests has one
        ["POST /unsubscribe"] = new(Visitor.Nobody),
        ["GET /terms"] = new(Visitor.Everyone),
        ["POST /sign-in/passkey/options"] = new(Visitor.Everyone),
        ["POST /sign-in/passkey"] = new(Visitor.Everyone),
        ["POST /passkeys/options"] = new(Visitor.SignedIn),
        ["POST /passkeys"] = new(Visitor.SignedIn),
        ["GET /account/export"] = new(Visitor.SignedIn),
        ["GET /pictures/person/{id:long}"] = new(Visitor.Nobody), // nobody here has one; PicturesTests say who sees whose
        ["GET /pictures/client/{id:long}"] = new(Visitor.Nobody),
        ["GET /pictures/agency"] = new(Visitor.Nobody),
        ["GET /set-up"] = new(Visitor.Nobody), // there is an admin already
        ["GET /health/live"] = new(Visitor.Everyone),
        ["GET /health/ready"] = new(Visitor.Everyone),
        ["GET /metrics"] = new(Visitor.Nobody), // not there unless a token is configured
        ["GET /mailbox"] = new(Visitor.Everyone), // in development only, where nobody has signed in yet who looks for a code
        ["GET /mailbox/{name}/html"] = new(Visitor.Nobody), // there is no such mail; MailboxTests reads one
        ["GET /bench"] = new(Visitor.Everyone),
        ["GET /dev/notifications"] = new(Visitor.SignedIn), // in Development only; for oneself
        ["POST /sign-out"] = new(Visitor.SignedIn),

        // an admin's
        ["GET /dashboard/admin"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit/{Id:long}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit/export.{format:regex(^(csv|xlsx)$)}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/sent"] = new(Visitor.Admin),
        ["GET /dashboard/admin/deliveries"] = new(Visitor.Admin),
        ["GET /dashboard/admin/deliveries/{id:long}/content"] = new(Visitor.Admin),
        ["GET /dashboard/admin/deliveries/export.{format:regex(^(csv|xlsx)$)}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/jobs"] = new(Visitor.Admin),
        ["GET /dashboard/admin/jobs/{Name}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/retention"] = new(Visitor.Admin),
        ["GET /dashboard/admin/clients"] = new(Visitor.Admin),
        ["GET /dashboard/admin/clients/import"] = new(Visitor.Admin),
        ["GET /dashboard/admin/clients/template.csv"] = new(Visitor.Admin),
        ["GET /dashboard/admin/clients/export.{format:regex(^(csv|xlsx)$)}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/clients/{Id:long}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/team"] = new(Visitor.Admin),
        ["GET /dashboard/admin/team/{Id:long}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/security"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/agency"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/email"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/templates"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/templates/{Key}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/templates/{key}/preview"] = new(Visitor.Admin),
        ["POST /dashboard/admin/settings/templates/{key}/preview"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/webhooks"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/integrations"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/integrations/new"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/integrations/{Id:long}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/isolation"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/notifications"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/notification-defaults"] = new(Visitor.Admin),
        ["GET /dashboard/admin/notifications"] = new(Visitor.Admin),
        ["POST /view-as/{clientId:long}"] = new(Visitor.Admin),
        ["POST /view-as/changes"] = new(Visitor.SignedIn), // leads whoever is not viewing home
        ["POST /view-as/end"] = new(Visitor.SignedIn), // there is nothing to end

        // the others' own
        ["GET /dashboard/agent"] = new(Visitor.Agents),
        ["GET /dashboard/agent/clients"] = new(Visitor.Agents),
        ["GET /dashboard/agent/clients/{Id:long}"] = new(Visitor.AcmesAgents),
        ["GET /dashboard/agent/settings"] = new(Visitor.Agents),
        ["GET /dashboard/agent/settings/security"] = new(Visitor.Agents),
        ["GET /dashboard/agent/settings/notifications"] = new(Visitor.Agents),
        ["GET /dashboard/agent/sent"] = new(Visitor.Agents),
        ["GET /dashboard/agent/notifications"] = new(Visitor.Agents),
        ["GET /dashboard/client"] = new(Visitor.Clients),
        ["GET /dashboard/client/settings"] = new(Visitor.Clients),
        ["GET /dashboard/client/settings/security"] = new(Visitor.Clients),
        ["GET /dashboard/client/settings/notifications"] = new(Visitor.Clients),
        ["GET /dashboard/client/settings/organisation"] = new(Visitor.Clients),
        ["GET /dashboard/client/settings/team"] = new(Visitor.Clients),
        ["GET /dashboard/client/sent"] = new(Visitor.Clients),
        ["GET /dashboard/client/notifications"] = new(Visitor.Clients),

        // for programs
        ["POST /api/auth/login"] = new(Visitor.Everyone),
        ["POST /api/auth/register"] = new(Visitor.Everyone),
        ["POST /api/auth/verify"] = new(Visitor.Everyone),
        ["POST /api/auth/verify/request"] = new(Visitor.Everyone),
        ["POST /api/auth/otp/request"] = new(Visitor.Everyone),
        ["POST /api/auth/otp/verify"] = new(Visitor.Everyone),
        ["POST /api/auth/mfa"] = new(Visitor.Everyone),
        ["POST /api/auth/password/forgot"] = new(Visitor.Everyone),
        ["POST /api/auth/password/reset"] = new(Visitor.Everyone),
        ["POST /api/auth/refresh"] = new(Visitor.Everyone),
        ["POST /api/auth/logout"] = new(Visitor.Everyone),
        ["GET /api/auth/me"] = new(Visitor.SignedIn),
        ["PATCH /api/auth/me"] = new(Visitor.SignedIn),
        ["GET /api/auth/me/client"] = new(Visitor.Clients),
        ["POST /api/account/password"] = new(Visitor.SignedIn),
        ["GET /api/account/sign-ins"] = new(Visitor.SignedIn),
        ["GET /api/account/export"] = new(Visitor.SignedIn),
        ["GET /api/account/sessions"] = new(Visitor.SignedIn),
        ["DELETE /api/account/sessions/{id:long}"] = new(Visitor.SignedIn), // their own; another's is 404
        ["POST /api/account/sessions/end-others"] = new(Visitor.SignedIn),
        ["GET /api/notifications"] = new(Visitor.SignedIn),
        ["GET /api/notifications/unread-count"] = new(Visitor.SignedIn),
        ["POST /api/notifications/read-all"] = new(Visitor.SignedIn),
        ["POST /api/notifications/{id:long}/read"] = new(Visitor.Owner), // one of hers
        ["POST /api/notifications/{id:long}/archive"] = new(Visitor.Owner),
        ["POST /api/notifications/{id:long}/snooze"] = new(Visitor.Owner, new { until = "2026-11-30T08:00:00Z" }),
        ["POST /api/notifications/{id:long}/back"] = new(Visitor.Owner),
        ["GET /api/notifications/preferences"] = new(Visitor.SignedIn),
        ["PUT /api/notifications/preferences"] = new(Visitor.SignedIn, new { version = 0 }),
        ["GET /api/notifications/numbers"] = new(Visitor.SignedIn),
        ["POST /api/notifications/numbers"] = new(Visitor.SignedIn, new { channel = "sms", number = "+263771234567" }),
        ["POST /api/notifications/numbers/{channel}/confirm"] = new(Visitor.SignedIn, new { code = "123456" }), // of their own number
        ["DELETE /api/notifications/numbers/{channel}"] = new(Visitor.SignedIn),
        ["GET /api/admin/notification-defaults"] = new(Visitor.Admin),
        ["PUT /api/admin/notification-defaults"] = new(Visitor.Admin, new { version = "x", types = new { } }),
        ["GET /api/terms"] = new(Visitor.Everyone),
        ["GET /api/admin/clients"] = new(Visitor.Admin),
        ["POST /api/admin/clients"] = new(Visitor.Admin, new { name = "New" }),
        ["GET /api/admin/clients/counts"] = new(Visitor.Admin),
        ["GET /api/admin/clients/export"] = new(Visitor.Admin),
        ["POST /api/admin/clients/import"] = new(Visitor.Admin, "name\nNew"),
        ["GET /api/admin/clients/import/template"] = new(Visitor.Admin),
        ["GET /api/admin/clients/{id:long}"] = new(Visitor.Admin),
        ["PATCH /api/admin/clients/{id:long}"] = new(Visitor.Admin, new { note = "Ours", version = 1 }),
        ["PATCH /api/admin/clients/{id:long}/approve"] = new(Visitor.Admin),
        ["POST /api/admin/clients/{id:long}/approve"] = new(Visitor.Admin),
        ["POST /api/admin/clients/{id:long}/decline"] = new(Visitor.Admin, new { reason = "No room" }),
        ["PATCH /api/admin/clients/{id:long}/status"] = new(Visitor.Admin, new { status = "inactive", reason = "Unpaid" }),
        ["GET /api/admin/clients/{id:long}/agents"] = new(Visitor.Admin),
        ["POST /api/admin/clients/{id:long}/agents"] = new(Visitor.Admin, new { agent = 3, service = "marketing" }),
        ["DELETE /api/admin/clients/{id:long}/agents/{agentId:long}"] = new(Visitor.Admin),
        ["GET /api/admin/agents"] = new(Visitor.Admin),
        ["GET /api/admin/agents/{id:long}"] = new(Visitor.Admin),
        ["PATCH /api/admin/agents/{id:long}"] = new(Visitor.Admin, new { capacity = 9 }),
        ["PATCH /api/admin/agents/{id:long}/status"] = new(Visitor.Admin, new { active = false }),
        ["POST /api/admin/agents/{id:long}/handover"] = new(Visitor.Admin, new { to = 4 }),
        ["GET /api/admin/admins"] = new(Visitor.Admin),
        ["PATCH /api/admin/admins/{id:long}/status"] = new(Visitor.Admin, new { active = false }),
        ["DELETE /api/admin/people/{id:long}/second-factor"] = new(Visitor.Admin),
        ["GET /api/admin/invitations"] = new(Visitor.Admin),
        ["POST /api/admin/invitations"] = new(Visitor.Admin, new { full_name = "New", email = "new@example.com", role = "admin" }),
        ["POST /api/admin/invitations/{id:long}/send-again"] = new(Visitor.Admin),
        ["DELETE /api/admin/invitations/{id:long}"] = new(Visitor.Admin),
        ["GET /api/admin/agency"] = new(Visitor.Admin),
        ["PUT /api/admin/agency"] = new(Visitor.Admin, new { name = "Ours", sender_name = "Ours", currency = "USD", zone = "UTC", invoice_number_format = "{number}", version = 0 }),
        ["PUT /api/admin/agency/terms"] = new(Visitor.Admin, new { text = "Ours", version = 1 }),
        ["GET /api/agents/my-clients"] = new(Visitor.Agents),
        ["GET /api/agents/my-clients/{id:long}"] = new(Visitor.AcmesAgents),
        ["GET /api/agents/stats"] = new(Visitor.Agents),
        ["GET /api/team"] = new(Visitor.Agents | Visitor.Clients | Visitor.Admin), // their own; of which client, agents and admins have to say
        ["PATCH /api/team/{userId:long}"] = new(Visitor.Owner | Visitor.Admin, new { level = "manager" }),
        ["DELETE /api/team/{userId:long}"] = new(Visitor.Owner | Visitor.Admin),
        ["GET /api/team/invitations"] = new(Visitor.Agents | Visitor.Clients | Visitor.Admin),
        ["POST /api/team/invitations"] = new(Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { full_name = "New", email = "new@example.com", level = "viewer" }), // to their own
        ["POST /api/team/invitations/{id:long}/send-again"] = new(Visitor.Owner | Visitor.Admin),
        ["DELETE /api/team/invitations/{id:long}"] = new(Visitor.Owner | Visitor.Admin),
        ["GET /api/client/profile"] = new(Visitor.Agents | Visitor.Clients | Visitor.Admin),
        ["PUT /api/client/profile"] = new(Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { name = "Ours", currency = "USD", zone = "UTC", version = 1 }),
        ["GET /api/client/closing"] = new(Visitor.Agents | Visitor.Clients | Visitor.Admin),
        ["POST /api/client/closing"] = new(Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { name = "Acme Jewellers" }),
        ["DELETE /api/client/closing"] = new(Visitor.Owner | Visitor.Stranger | Visitor.Admin),
        ["GET /api/audit"] = new(Visitor.Admin),
        ["GET /api/audit/{id:long}"] = new(Visitor.Admin),
        ["GET /api/audit/export"] = new(Visitor.Admin),
        ["GET /api/audit/chain"] = new(Visitor.Admin),
        ["GET /api/admin/mail"] = new(Visitor.Admin),
        ["POST /api/admin/mail/test"] = new(Visitor.Admin),
        ["GET /api/integrations/api-configs"] = new(Visitor.Admin),
        ["GET /api/integrations/api-configs/providers"] = new(Visitor.Admin),
        ["POST /api/integrations/api-configs"] = new(Visitor.Admin, new { provider = "cloudflare", name = "Ours", access_token = "a token" }),
        ["GET /api/integrations/api-configs/{id:long}"] = new(Visitor.Admin),
        ["PUT /api/integrations/api-configs/{id:long}"] = new(Visitor.Admin, new { provider = "stripe", name = "Ours" }),
        ["PATCH /api/integrations/api-configs/{id:long}"] = new(Visitor.Admin, new { name = "Ours" }),
        ["DELETE /api/integrations/api-configs/{id:long}"] = new(Visitor.Admin),
        ["GET /api/integrations/api-configs/{id:long}/history"] = new(Visitor.Admin),
        ["POST /api/integrations/api-configs/{id:long}/test"] = new(Visitor.Admin),
        ["GET /api/integrations/webhook-events"] = new(Visitor.Admin),
        ["GET /api/integrations/webhook-events/silent"] = new(Visitor.Admin),
        ["GET /api/integrations/webhook-events/refused"] = new(Visitor.Admin),
        ["GET /api/integrations/webhook-events/{id:long}"] = new(Visitor.Admin),
        ["POST /api/integrations/webhook-events/{id:long}/run-again"] = new(Visitor.Admin),
        ["GET /dashboard/admin/settings/simulators"] = new(Visitor.Admin),
        ["GET /simulators/{provider}/{**path}"] = new(Visitor.Nobody), // who has no key of the simulated provider; SimulatorDoorTests have one
        ["POST /simulators/{provider}/{**path}"] = new(Visitor.Nobody),
        ["PUT /simulators/{provider}/{**path}"] = new(Visitor.Nobody),
        ["PATCH /simulators/{provider}/{**path}"] = new(Visitor.Nobody),
        ["DELETE /simulators/{provider}/{**path}"] = new(Visitor.Nobody),
        ["POST /webhooks/{provider}"] = new(Visitor.Nobody), // who has no signature; WebhookDoorTests have one
        ["GET /webhooks/whatsapp"] = new(Visitor.Nobody),
        ["POST /services/webhooks/{provider}"] = new(Visitor.Nobody),
        ["GET /services/webhooks/whatsapp"] = new(Visitor.Nobody),
        ["GET /api/services/sms/balance"] = new(Visitor.Admin),
        ["GET /api/services/email"] = new(Visitor.SignedIn), // each sees what their clients have had sent
        ["POST /api/services/email"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { to = "ann@example.com", subject = "Hello", body = "Hello" }), // an agent has to say for which client
        ["POST /api/services/email/bulk"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { recipients = new[] { "ann@example.com" }, subject = "Hello", body = "Hello" }),
        ["GET /api/services/email/{id:long}"] = new(Visitor.AcmesAgents | Visitor.AcmesPeople | Visitor.Admin),
        ["DELETE /api/services/email/{id:long}"] = new(Visitor.AcmesAgents | Visitor.Owner | Visitor.Admin),
        ["GET /api/services/sms"] = new(Visitor.SignedIn),
        ["POST /api/services/sms"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { to = "+263771234567", body = "Hello" }),
        ["POST /api/services/sms/bulk"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { recipients = new[] { "+263771234567" }, body = "Hello" }),
        ["GET /api/services/sms/{id:long}"] = new(Visitor.AcmesAgents | Visitor.AcmesPeople | Visitor.Admin),
        ["DELETE /api/services/sms/{id:long}"] = new(Visitor.AcmesAgents | Visitor.Owner | Visitor.Admin),
        ["GET /api/services/whatsapp"] = new(Visitor.SignedIn),
        ["POST /api/services/whatsapp"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { to = "+263771234567", body = "Hello" }),
        ["POST /api/services/whatsapp/bulk"] = new(Visitor.Agents | Visitor.Owner | Visitor.Stranger | Visitor.Admin, new { recipients = new[] { "+263771234567" }, body = "Hello" }),
        ["GET /api/services/whatsapp/{id:long}"] = new(Visitor.AcmesAgents | Visitor.AcmesPeople | Visitor.Admin),
        ["DELETE /api/services/whatsapp/{id:long}"] = new(Visitor.AcmesAgents | Visitor.Owner | Visitor.Admin),
        ["GET /api/integrations/encryption"] = new(Visitor.Admin),
        ["POST /api/integrations/encryption/renew"] = new(Visitor.Admin),
        ["GET /api/admin/mail/templates"] = new(Visitor.Admin),
        ["GET /api/admin/mail/templates/{key}"] = new(Visitor.Admin),
        ["PUT /api/admin/mail/templates/{key}"] = new(Visitor.Admin, new { subject = "Ours", version = 0 }),
        ["POST /api/admin/mail/templates/{key}/preview"] = new(Visitor.Admin),
        ["POST /api/admin/mail/templates/{key}/test"] = new(Visitor.Admin),
        ["GET /api/admin/mail/templates/{key}/history"] = new(Visitor.Admin),
        ["POST /api/admin/mail/templates/{key}/history/{number:int}/restore"] = new(Visitor.Admin, new { version = 1 }),
        ["POST /api/admin/mail/templates/{key}/reset"] = new(Visitor.Admin, new { version = 1 }),
        ["GET /api/deliveries"] = new(Visitor.Admin),
        ["GET /api/deliveries/counts"] = new(Visitor.Admin),
        ["GET /api/deliveries/export"] = new(Visitor.Admin),
        ["GET /api/deliveries/{id:long}"] = new(Visitor.Admin),
        ["GET /api/deliveries/{id:long}/content"] = new(Visitor.Admin),
        ["POST /api/deliveries/{id:long}/stop"] = new(Visitor.Admin),
        ["POST /api/deliveries/{id:long}/send-again"] = new(Visitor.Admin),
        ["POST /api/deliveries/send-again"] = new(Visitor.Admin, new { ids = new[] { 1 } }),
        ["GET /api/deliveries/suppressions"] = new(Visitor.Admin),
        ["DELETE /api/deliveries/suppressions/{id:long}"] = new(Visitor.Admin),
        ["GET /api/admin/jobs"] = new(Visitor.Admin),
        ["GET /api/admin/jobs/{name}"] = new(Visitor.Admin),
        ["GET /api/admin/jobs/{name}/runs"] = new(Visitor.Admin),
        ["POST /api/admin/jobs/{name}/run"] = new(Visitor.Admin),
        ["POST /api/admin/jobs/{name}/pause"] = new(Visitor.Admin),
        ["POST /api/admin/jobs/{name}/resume"] = new(Visitor.Admin),
        ["GET /api/admin/retention"] = new(Visitor.Admin),
        ["PUT /api/admin/retention"] = new(Visitor.Admin, new { delivery_days = 90, read_notification_days = 90, archived_notification_days = 90, job_run_days = 30, webhook_days = 90, version = 0 }),
    };

    /// <summary>What stands in a route's place, by the beginning of the route and the place's name; the longest beginning holds.</summary>
    public static readonly (string Begins, string Place, Func<PortalDb, Task<string>> Value)[] Samples =
    [
        ("/", "clientId", AcmeAsync),
        ("/api/admin/clients", "id", AcmeAsync),
        ("/api/admin/clients", "agentId", db => PersonAsync(db, PortalServer.MarketingAgent)),
        ("/api/admin/agents", "id", db => PersonAsync(db, PortalServer.MarketingAgent)),
        ("/api/admin/admins", "id", db => PersonAsync(db, PortalServer.Admin)),
        ("/api/admin/people", "id", db => PersonAsync(db, PortalServer.AcmeViewer)),
        ("/api/admin/invitations", "id", async db => $"{await db.Invitations.Where(i => i.ClientId == null).MinAsync(i => i.Id, Ct)}"),
        ("/api/agents", "id", AcmeAsync),
        ("/api/account", "id", _ => Task.FromResult("1")),
        ("/api/notifications", "id", async db => $"{await db.Notifications.Where(n => db.Users.Any(u => u.Id == n.UserId && u.Email == PortalServer.AcmeOwner)).MinAsync(n => n.Id, Ct)}"),
        ("/api/notifications/numbers", "channel", _ => Task.FromResult("sms")),
        ("/api/team", "userId", db => PersonAsync(db, PortalServer.AcmeViewer)),
        ("/api/team/invitations", "id", async db => $"{await db.Invitations.Where(i => db.Clients.Any(c => c.Id == i.ClientId && c.Name == "Acme Jewellers")).MinAsync(i => i.Id, Ct)}"),
        ("/pictures/person", "id", db => PersonAsync(db, PortalServer.AcmeViewer)),
        ("/pictures/client", "id", AcmeAsync),
        ("/dashboard/admin/clients", "Id", AcmeAsync),
        ("/dashboard/admin/clients", "format", _ => Task.FromResult("csv")),
        ("/dashboard/admin/team", "Id", db => PersonAsync(db, PortalServer.MarketingAgent)),
        ("/dashboard/agent/clients", "Id", AcmeAsync),
        ("/api/audit", "id", async db => $"{await db.Events.MinAsync(e => e.Id, Ct)}"),
        ("/dashboard/admin/audit", "Id", async db => $"{await db.Events.MinAsync(e => e.Id, Ct)}"),
        ("/dashboard/admin/audit", "format", _ => Task.FromResult("csv")),
        ("/api/deliveries", "id", _ => Task.FromResult("1")),
        ("/dashboard/admin/settings/templates", "Key", _ => Task.FromResult("welcome")),
        ("/dashboard/admin/settings/templates", "key", _ => Task.FromResult("welcome")),
        ("/api/integrations/webhook-events", "id", _ => Task.FromResult("1")),
        ("/webhooks", "provider", _ => Task.FromResult("stripe")),
        ("/services/webhooks", "provider", _ => Task.FromResult("stripe")),
        ("/api/services/email", "id", db => MessageAsync(db, MessageChannel.Email)),
        ("/api/services/sms", "id", db => MessageAsync(db, MessageChannel.Sms)),
        ("/api/services/whatsapp", "id", db => MessageAsync(db, MessageChannel.Whatsapp)),
        ("/simulators", "provider", _ => Task.FromResult("stripe")),
        ("/simulators", "path", _ => Task.FromResult("v1/balance")),
        ("/api/integrations/api-configs", "id", ConfigAsync),
        ("/dashboard/admin/settings/integrations", "Id", ConfigAsync),
        ("/api/admin/mail/templates", "key", _ => Task.FromResult("welcome")),
        ("/api/admin/mail/templates", "number", _ => Task.FromResult("1")),
        ("/dashboard/admin/deliveries", "id", _ => Task.FromResult("1")),
        ("/dashboard/admin/deliveries", "format", _ => Task.FromResult("csv")),
        ("/api/admin/jobs", "name", _ => Task.FromResult("clean-up")),
        ("/dashboard/admin/jobs", "Name", _ => Task.FromResult("clean-up")),
        ("/mailbox", "name", _ => Task.FromResult("0")),
        ("/problem", "Status", _ => Task.FromResult("500")),
    ];

    private static async Task<string> PersonAsync(PortalDb db, string email) => $"{await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Ct)}";

    private static async Task<string> MessageAsync(PortalDb db, MessageChannel channel) => $"{await db.SentMessages.Where(m => m.Channel == channel && db.Clients.Any(c => c.Id == m.ClientId && c.Name == "Acme Jewellers")).MinAsync(m => m.Id, Ct)}";

    private static async Task<string> ConfigAsync(PortalDb db) => $"{await db.ApiConfigurations.MinAsync(c => c.Id, Ct)}";

    private static async Task<string> AcmeAsync(PortalDb db) => $"{await db.Clients.Where(c => c.Name == "Acme Jewellers").Select(c => c.Id).SingleAsync(Ct)}";
}
