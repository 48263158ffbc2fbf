using System.Globalization;

namespace Portal.Core.Domains.Integrations;

/// <summary>E-mail by whichever provider is active: of several, the one that tells most of what becomes of a mail.</summary>
internal sealed class EmailChannel(OwnWay own, SandboxClients sandbox, ProviderAccounts accounts, AccountMails mails, Handing handing, SendgridClient sendgrid, ResendClient resend)
    : ProviderChannel(MailSuppression.Channel, "e-mail", own, sandbox)
{
    private const int AtOnceByApi = 16;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(5);
    private static readonly Provider[] InOrder = [Provider.Sendgrid, Provider.Resend, Provider.Smtp];
    private volatile bool isByApi;

    public override int AtOnce => isByApi ? AtOnceByApi : Own?.AtOnce ?? new SmtpOptions { OwnName = "" }.Connections;

    /// <summary>A mail server may look at a mail for minutes before it says whether it has it.</summary>
    public override TimeSpan Patience => Own is SmtpMail smtp ? smtp.Patience : TimeSpan.FromMinutes(11);

    /// <summary>What an admin set up comes before environment variables; a mail server of those is the installation's own way.</summary>
    protected override async ValueTask<ProviderAccount?> FindAsync(bool isSandbox, CancellationToken ct)
    {
        ProviderAccount? found = null;
        foreach (var provider in InOrder)
        {
            var account = await accounts.FindAsync(provider, isSandbox, ct);
            if (account is not null && account is not { Provider: Provider.Smtp, Source: AccountSource.Environment } && (found is null || account.Source < found.Source))
                found = account;
        }

        // Whose mail it is at the moment does not change how much goes at once.
        if (!isSandbox)
            isByApi = found is { Provider: not Provider.Smtp } && (found.Source is not AccountSource.Simulator || Own is null);
        return found;
    }

    protected override async Task<string?> SendAsync(Delivery delivery, ProviderAccount account, CancellationToken ct)
    {
        var mail = mails.Of(account);
        if (account.Provider is Provider.Smtp)
            return await mail.Smtp.SendAsync(delivery, ct);
        var written = Write(delivery, await mail.Letterhead.SenderAsync(ct));
        return await handing.SendAsync(delivery, account.Provider is Provider.Sendgrid
            ? new(account, stop => sendgrid.SendAsync(account, written, stop))
            : new(account, stop => resend.SendAsync(account, written, stop)) { IsOneByItsKey = true, LooksAfter = FirstLook }, ct);
    }

    private static ProviderMail Write(Delivery delivery, MailSender sender) => new(sender.From.ToString(), MailRecipient.Parse(delivery.Recipient).ToString(), delivery.Title, delivery.Body)
    {
        FromName = sender.Name,
        ReplyTo = sender.ReplyTo,
        Html = delivery.Html,
        Key = delivery.Key,
        Headers = Headers(delivery),
        Tags = [new("delivery", delivery.Id.ToString(CultureInfo.InvariantCulture))],
    };

    private static List<KeyValuePair<string, string>> Headers(Delivery delivery)
    {
        var headers = new List<KeyValuePair<string, string>> { new("Auto-Submitted", "auto-generated") };
        if (Uri.TryCreate(delivery.UnsubscribeUrl, UriKind.Absolute, out var address))
            headers.AddRange([new("List-Unsubscribe", $"<{address.AbsoluteUri}>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]);
        return headers;
    }
}
