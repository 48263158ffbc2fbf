using System.Collections.Concurrent;

namespace Portal.Core.Domains.Integrations;

/// <summary>What mail of one account needs beside it: whom it comes from, and, for a mail server, open talks.</summary>
internal sealed class AccountMail : IAsyncDisposable
{
    private readonly Lazy<SmtpMail>? smtp;

    public AccountMail(ProviderAccount account, SmtpOptions ours, Database database, TimeProvider time)
    {
        var options = account.Provider is Provider.Smtp ? SmtpProbe.Options(ours, account) : ours;
        if (account.Settings["from"] is { } from)
            options = options with { From = from };
        Letterhead = new(database, options, time);
        if (account.Provider is Provider.Smtp)
            smtp = new(() => new SmtpMail(options, Letterhead, time));
    }

    public Letterhead Letterhead { get; }

    public SmtpMail Smtp => smtp?.Value ?? throw new InvalidOperationException("This account is no mail server.");

    public ValueTask DisposeAsync() => smtp is { IsValueCreated: true } ? smtp.Value.DisposeAsync() : ValueTask.CompletedTask;
}

/// <summary>Those of the accounts that mail went by lately. An account that is changed is another one.</summary>
internal sealed class AccountMails(SmtpOptions ours, Database database, TimeProvider time) : IAsyncDisposable
{
    private const int Most = 20;
    private readonly ConcurrentDictionary<string, AccountMail> kept = new();

    public AccountMail Of(ProviderAccount account)
    {
        var name = string.Join('\n', ProviderHttp.NameOf(account), account.Settings["user"], account.Settings["from"]);
        if (kept.TryGetValue(name, out var known))
            return known;

        // Talks that are let go of close by themselves when they have been idle.
        if (kept.Count >= Most)
            kept.Clear();
        return kept.GetOrAdd(name, _ => new(account, ours, database, time));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var mail in kept.Values)
            await mail.DisposeAsync();
    }
}
