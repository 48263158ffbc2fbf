namespace Portal.Core.Domains.Integrations;

/// <summary>Goes to a mail server, logs in, and leaves again without a mail.</summary>
public sealed class SmtpProbe(SmtpOptions ours) : IProviderProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Provider Provider => Provider.Smtp;

    public async Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await using var connection = new SmtpConnection(Options(ours, account));
        try
        {
            await connection.OpenAsync(patience.Token);
            return new(true, account.Settings["user"] is { } user ? $"The mail server takes the login of {user}." : "The mail server lets us in without a login.");
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ProviderUnavailable(Provider, "The mail server did not answer in time.", e);
        }
        catch (Exception e) when (SmtpMail.InOurWords(e) is { } said)
        {
            var words = ProviderWords.Clean(account, null, said.Message);
            return said is OurTrouble ? new(false, words) : throw new ProviderUnavailable(Provider, words, e);
        }
    }

    internal static SmtpOptions Options(SmtpOptions ours, ProviderAccount account)
    {
        var isImplicitTls = account.BaseUrl.Scheme is "smtps";
        return ours with
        {
            Host = account.BaseUrl.Host,
            Port = account.BaseUrl.Port > 0 ? account.BaseUrl.Port : isImplicitTls ? SmtpOptions.ImplicitTlsPort : SmtpOptions.SubmissionPort,
            IsImplicitTls = isImplicitTls,
            User = account.Settings["user"],
            Password = account.Secret,
        };
    }
}
