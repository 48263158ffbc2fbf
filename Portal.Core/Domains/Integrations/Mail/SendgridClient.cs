using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>SendGrid's API v3. It has no way to say the same mail once, so a mail is only sent again when it surely did not arrive.</summary>
public sealed class SendgridClient(ProviderHttp http) : IProviderProbe
{
    public Provider Provider => Provider.Sendgrid;

    /// <summary>In the test environment it is only looked at; the simulator is one itself.</summary>
    /// <returns>Its id, with which the ids of its events begin.</returns>
    public async Task<string?> SendAsync(ProviderAccount account, ProviderMail mail, CancellationToken ct) =>
        (await SendAsync(account, Wire(mail, isTrial: account is { IsSandbox: true, Source: not AccountSource.Simulator }), "send mail", ct)).Headers.TryGetValues("X-Message-Id", out var ids) ? ids.First() : null;

    /// <summary>A mail that goes nowhere asks exactly for the right that is needed, which a restricted key may have as its only one.</summary>
    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var from = account.Settings["from"] ?? "nobody@example.com";
        await SendAsync(account, Wire(new(from, from, "Test", "Test"), isTrial: true), "try mail", ct);
        return new(true, "The key may send mail.");
    });

    internal static SendgridMail Wire(ProviderMail mail, bool isTrial) => new(
        new(mail.From, mail.FromName),
        mail.ReplyTo is { } replyTo ? new(replyTo) : null,
        mail.Subject,
        [new([new(mail.To)])],
        [new("text/plain", mail.Text), .. mail.Html is { } html ? new SendgridContent[] { new("text/html", html) } : []])
    {
        Attachments = mail.Attachments.Count == 0 ? null : [.. mail.Attachments.Select(a => new SendgridAttachment(Convert.ToBase64String(a.Bytes.Span), a.Name, a.Type, "attachment"))],
        Headers = mail.Headers.Count == 0 ? null : mail.Headers.ToDictionary(),
        CustomArgs = mail.Tags.Count == 0 ? null : mail.Tags.ToDictionary(),
        MailSettings = isTrial ? new(new(true)) : null,
    };

    private Task<ProviderReply> SendAsync(ProviderAccount account, SendgridMail mail, string name, CancellationToken ct) =>
        http.SendAsync(account, new(HttpMethod.Post, "v3/mail/send", name)
        {
            Authorization = ProviderJson.Bearer(account.Key),
            Content = ProviderJson.Content(mail, SendgridJson.Default.SendgridMail),
            Reads = Read,
        }, ct);

    private static ProviderFault? Read(ProviderReply reply)
    {
        if ((reply.Tree()?["errors"] as JsonArray)?.FirstOrDefault() is not { } error)
            return null;
        var (field, words) = (error.Text("field"), error.Text("message"));
        return field switch
        {
            ['p', 'e', 'r', 's', ..] when field.Contains(".to", StringComparison.Ordinal) => new(field, words, RefusalOf.Recipient),
            "from" or ['f', 'r', 'o', 'm', '.', ..] => new(field, words, RefusalOf.Account),
            _ => new(field, words),
        };
    }
}
