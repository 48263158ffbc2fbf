namespace Portal.Core.Domains.Integrations;

/// <summary>
/// A channel that goes by an account: of the sandbox for a sandbox client, else the live one, else the installation's own way. What
/// belongs to a sandbox client never leaves by anything live.
/// </summary>
internal abstract class ProviderChannel(string name, string what, OwnWay ownWay, SandboxClients sandbox) : IChannel
{
    private readonly IChannel? own = ownWay.Channel;

    public string Name => name;

    public abstract int AtOnce { get; }

    /// <summary>Longer than any way out takes by itself: each says better why it gives up.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromMinutes(3);

    protected IChannel? Own => own;

    // Files on this machine: in development.
    private bool IsOwnHarmless => own is FileMailbox or FileTexts;

    public async ValueTask<bool> IsSetUpAsync(CancellationToken ct) => own is not null || await IsThereAsync(false, ct) || await IsThereAsync(true, ct);

    public async ValueTask<bool> IsSetUpForAsync(bool isSandbox, CancellationToken ct) => (own is not null && (!isSandbox || IsOwnHarmless)) || await IsThereAsync(isSandbox, ct);

    public async ValueTask<string?> ThroughAsync(CancellationToken ct)
    {
        try
        {
            return await LiveAsync(ct) is { } account ? ProviderNames.Of(account.Provider) : null;
        }
        catch (RuleBroken)
        {
            return "an account that cannot be opened"; // and nothing goes by another way meanwhile
        }
    }

    public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var isSandbox = await sandbox.HasAsync(delivery.ClientId, ct);
        ProviderAccount? account = null;
        try
        {
            account = isSandbox ? await FindAsync(true, ct) : await LiveAsync(ct, delivery);
            if (account is not null)
                return await SendAsync(delivery, account, ct);
            if (own is not null && (!isSandbox || IsOwnHarmless))
                return await own.SendAsync(delivery, ct);
            throw new OurTrouble($"No way to send {what} is configured{(isSandbox ? " for the test environment" : "")}: an admin can do so under Settings, Integrations.");
        }
        catch (OurTrouble trouble) when (isSandbox)
        {
            // It is no reason to let the others wait.
            throw new RefusedForNow(trouble.Message, trouble);
        }
        catch (RefusedForGood no) when (no.IsOfAddress && account is { IsSandbox: true } or { Source: AccountSource.Simulator })
        {
            throw new RefusedForGood(no.Message); // of an address that real mail goes to, it says nothing
        }
        catch (PortalException e) when (Handing.InWords(e) is { } words)
        {
            throw isSandbox && words is OurTrouble ? new RefusedForNow(words.Message, words) : words;
        }
    }

    /// <summary>The account of this environment that is to be used.</summary>
    protected abstract ValueTask<ProviderAccount?> FindAsync(bool isSandbox, CancellationToken ct);

    protected abstract Task<string?> SendAsync(Delivery delivery, ProviderAccount account, CancellationToken ct);

    /// <summary>
    /// A simulator stands in for what is not there: where the installation has a way of its own, it is. But what people send to see how it
    /// fares is better simulated than put into a file.
    /// </summary>
    private async ValueTask<ProviderAccount?> LiveAsync(CancellationToken ct, Delivery? delivery = null)
    {
        var account = await FindAsync(false, ct);
        return account is not { Source: AccountSource.Simulator } || own is null || (IsOwnHarmless && delivery is { Kind: DeliveryKind.Message }) ? account : null;
    }

    /// <summary>One that cannot be opened is there: whoever waits hears why.</summary>
    private async ValueTask<bool> IsThereAsync(bool isSandbox, CancellationToken ct)
    {
        try
        {
            return await FindAsync(isSandbox, ct) is not null;
        }
        catch (RuleBroken)
        {
            return true;
        }
    }
}
