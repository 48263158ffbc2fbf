using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// WhatsApp: the template that somebody chose, else the template for notices where the account has one, else words of our own, which Meta
/// takes within a day of the other side's last message only.
/// </summary>
internal sealed class WhatsappChannel(OwnWay own, SandboxClients sandbox, ProviderAccounts accounts, Handing handing, WhatsappClient whatsapp, Database database)
    : ProviderChannel("whatsapp", "WhatsApp messages", own, sandbox)
{
    private static readonly Actor Self = Actor.System("deliveries");

    public override int AtOnce => 16;

    protected override ValueTask<ProviderAccount?> FindAsync(bool isSandbox, CancellationToken ct) => accounts.FindAsync(Provider.Whatsapp, isSandbox, ct);

    protected override async Task<string?> SendAsync(Delivery delivery, ProviderAccount account, CancellationToken ct)
    {
        var template = delivery.Kind is DeliveryKind.Message ? await ChosenAsync(delivery, ct) : ForNotices(account, delivery.Body);
        return await handing.SendAsync(delivery, new(account, async stop => template is null
            ? await whatsapp.SendTextAsync(account, delivery.Recipient, delivery.Body, answers: null, stop)
            : await whatsapp.SendTemplateAsync(account, delivery.Recipient, template, stop)), ct);
    }

    /// <summary>Like notice or notice:en_GB, with one place in its body.</summary>
    private static WhatsappTemplate? ForNotices(ProviderAccount account, string text) => account.Settings["notice_template"] is { } name
        ? new(name.Split(':')[0], name.Contains(':', StringComparison.Ordinal) ? name.Split(':')[1] : "en") { Body = [text] }
        : null;

    private async Task<WhatsappTemplate?> ChosenAsync(Delivery delivery, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var chosen = await db.SentMessages.AsNoTracking().Where(m => m.DeliveryId == delivery.Id).Select(m => new { m.Template, m.Language, m.Values }).SingleOrDefaultAsync(ct);
        return chosen?.Template is { } name ? new(name, chosen.Language ?? "en") { Body = chosen.Values is { } values ? JsonSerializer.Deserialize<List<string>>(values)! : [] } : null;
    }
}
