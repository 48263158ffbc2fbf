namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Hands deliveries to providers, so that none is sent twice by mistake. What may have arrived is sent again only where that does no harm
/// (the same key travels with it), where the provider was asked and has nothing of it, or where it guards an account: two codes are better
/// than none. Otherwise it is given up in words, for somebody to send again who knows more.
/// </summary>
internal sealed class Handing(Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("deliveries");

    public async Task<string?> SendAsync(Delivery delivery, Parcel parcel, CancellationToken ct)
    {
        var name = ProviderNames.Of(parcel.Account.Provider);
        var earlier = await BeginAsync(delivery, parcel, ct);
        try
        {
            if (earlier is not null && !IsHarmless(delivery, parcel, earlier))
            {
                if (parcel.FindAsync is not { } find || !earlier.IsBy(parcel.Account))
                    throw await GivenUpAsync(delivery, $"{name} was being given it when the portal stopped, and may have it.");
                if (await FindAsync(find, earlier, ct) is { } known)
                    return known;
            }

            return await parcel.SendAsync(ct);
        }
        catch (ProviderUnavailable unclear) when (unclear.MayHaveArrived)
        {
            throw await UnclearAsync(delivery, parcel, earlier, unclear);
        }
        catch (PortalException surely) when (InWords(surely) is { } words)
        {
            // While an earlier try is unclear, this one's no says nothing of that.
            if (earlier is null)
                await ForgetAsync(delivery);
            throw words;
        }
    }

    /// <summary>A no to the question is none to the message, and no reason to let the others wait.</summary>
    private static async Task<string?> FindAsync(Func<DateTime, CancellationToken, Task<string?>> find, Earlier earlier, CancellationToken ct)
    {
        try
        {
            return await find(earlier.BeganAt, ct);
        }
        catch (ProviderRefused no)
        {
            throw new RefusedForNow(no.Said, no);
        }
    }

    internal static Exception? InWords(Exception error) => ProviderTroubles.ForChannel(error) ?? (error is RuleBroken rule ? new OurTrouble(rule.Message, rule) : null);

    /// <summary>A key says to one account only that it is the same message.</summary>
    private static bool IsHarmless(Delivery delivery, Parcel parcel, Earlier? earlier) => delivery.IsCritical || (parcel.IsOneByItsKey && earlier?.IsBy(parcel.Account) is not false);

    private async Task<Exception> UnclearAsync(Delivery delivery, Parcel parcel, Earlier? earlier, ProviderUnavailable unclear)
    {
        if (IsHarmless(delivery, parcel, earlier))
            return new RefusedForNow(unclear.Said, unclear);
        return parcel.FindAsync is null
            ? await GivenUpAsync(delivery, unclear.Said)
            : new RefusedForNow($"{unclear.Said} Before it is sent again, {ProviderNames.Of(parcel.Account.Provider)} is asked whether it has it.", unclear);
    }

    /// <summary>Whoever sends it again by hand has decided, so nothing is left to be asked then.</summary>
    private async Task<RefusedForGood> GivenUpAsync(Delivery delivery, string why)
    {
        await ForgetAsync(delivery);
        return new($"{why} It may have arrived, so it is not sent again by itself.");
    }

    /// <returns>The earlier one that nobody knows the end of.</returns>
    private Task<Earlier?> BeginAsync(Delivery delivery, Parcel parcel, CancellationToken ct)
    {
        var (account, name, now) = (parcel.Account, ProviderHttp.NameOf(parcel.Account), time.Now());
        return lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            if (await db.ProviderHandovers.SingleOrDefaultAsync(h => h.DeliveryId == delivery.Id, ct) is { } known)
            {
                var earlier = new Earlier(known.Account, known.BeganAt);
                (known.Provider, known.IsSandbox, known.Account, known.NextLookAt) = (account.Provider, account.IsSandbox, name, now + parcel.LooksAfter);
                return earlier;
            }

            db.Add(new ProviderHandover
            {
                DeliveryId = delivery.Id,
                ClientId = delivery.ClientId,
                Provider = account.Provider,
                IsSandbox = account.IsSandbox,
                Account = name,
                BeganAt = now,
                NextLookAt = now + parcel.LooksAfter,
            });
            return null;
        }, ct);
    }

    private Task ForgetAsync(Delivery delivery) =>
        lane.RunAsync(Self, Can.KeepHouse, db => db.ProviderHandovers.Where(h => h.DeliveryId == delivery.Id).ExecuteDeleteAsync());

    private sealed record Earlier(string Account, DateTime BeganAt)
    {
        public bool IsBy(ProviderAccount account) => Account == ProviderHttp.NameOf(account);
    }
}
