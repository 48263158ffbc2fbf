using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>This portal's own accounts at its simulators. They come into being when somebody first needs them.</summary>
public sealed class SimulatorAccounts(SimulatorSwitch simulators, Database database, Lane lane, SecretBox box, PortalOptions portal, TimeProvider time, ILogger<SimulatorAccounts> log)
{
    /// <summary>Who can be stood in for.</summary>
    public static readonly IReadOnlyList<Provider> Simulated = [Provider.Sendgrid, Provider.Resend, Provider.Twilio, Provider.Whatsapp, Provider.Stripe, Provider.Paypal];
    private const string Kind = "account";
    private static readonly string[] OfTheSimulator = ["authority", "certificate", "signing_key"];
    private static readonly bool[] Environments = [false, true]; // live, and of the sandbox
    private static readonly Actor Self = Actor.System("simulators");
    private readonly ConcurrentDictionary<Provider, JsonObject> made = new();

    /// <summary>Whether there are any: where credentials could not go to this portal in a safe way, there are none.</summary>
    public bool AreOn => simulators.IsOn && ProviderUrl.TryRead(UrlOf(Provider.Stripe), Provider.Stripe) is not null;

    /// <summary>Whether this environment of a provider's can be stood in for.</summary>
    public bool StandIn(Provider provider, bool sandbox) => AreOn && (sandbox || simulators.StandsInForLive) && Simulated.Contains(provider);

    public string UrlOf(Provider provider) => $"{portal.PublicUrl.TrimEnd('/')}/simulators/{Input.Name(provider.ToString())}";

    /// <summary>The id of our number at the simulated WhatsApp.</summary>
    public async Task<string> OwnNumberAsync(CancellationToken ct) => (await KeysAsync(Provider.Whatsapp, ct))["phone_number_id"]!.GetValue<string>();

    /// <summary>Who made out the certificate of the simulated PayPal; null until it was asked for.</summary>
    internal X509Certificate2? PaypalAuthority => made.TryGetValue(Provider.Paypal, out var keys) ? X509Certificate2.CreateFromPem(keys["authority"]!.GetValue<string>()) : null;

    /// <summary>One of each, for every environment that is stood in for.</summary>
    internal async Task<Dictionary<(Provider Provider, bool IsSandbox), ProviderAccount>> AllAsync(CancellationToken ct)
    {
        var all = new Dictionary<(Provider, bool), ProviderAccount>();
        if (!AreOn)
            return all;
        foreach (var provider in Simulated)
        {
            if (await TryKeysAsync(provider, ct) is not { } keys)
                continue;
            foreach (var sandbox in Environments.Where(s => StandIn(provider, s)))
                all[(provider, sandbox)] = Account(provider, keys, sandbox);
        }

        return all;
    }

    /// <summary>One that does not open takes none of the others with it.</summary>
    private async Task<JsonObject?> TryKeysAsync(Provider provider, CancellationToken ct)
    {
        try
        {
            return await KeysAsync(provider, ct);
        }
        catch (InvalidOperationException)
        {
            log.LogError("The account of the simulated {Provider} does not open: was it sealed with another master key?", provider);
            return null;
        }
    }

    /// <summary>What its account is opened by, and what it signs with.</summary>
    internal async Task<JsonObject> KeysAsync(Provider provider, CancellationToken ct)
    {
        if (made.TryGetValue(provider, out var known))
            return known;
        if (await FindAsync(provider, ct) is not { } keys)
        {
            await AddAsync(provider, SimulatorKeys.Make(provider, time.Now()), ct);
            keys = (await FindAsync(provider, ct))!;
        }

        return made.GetOrAdd(provider, keys);
    }

    private ProviderAccount Account(Provider provider, JsonObject keys, bool sandbox)
    {
        var settings = new JsonObject(keys.Where(k => !ProviderField.IsCredentialName(k.Key) && !OfTheSimulator.Contains(k.Key)).Select(k => KeyValuePair.Create(k.Key, k.Value?.DeepClone())));
        var key = Text("api_key");

        // Stripe's keys say which environment they are of.
        return new(provider, sandbox, new(UrlOf(provider)), provider is Provider.Stripe ? $"{(sandbox ? "sk_test" : "sk_live")}_sim_{key}" : key, Text("api_secret"), Text("access_token"), new(settings), AccountSource.Simulator, null);

        string? Text(string name) => keys[name]?.GetValue<string>();
    }

    private async Task<JsonObject?> FindAsync(Provider provider, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var row = await db.SimulatedObjects.AsNoTracking().SingleOrDefaultAsync(o => o.Provider == provider && o.Kind == Kind && o.ExternalId == Kind, ct);
        return row is null ? null : SimulatedThing.Open(row, box).Data;
    }

    private async Task AddAsync(Provider provider, JsonObject keys, CancellationToken ct)
    {
        try
        {
            await lane.RunAsync(Self, Can.KeepHouse, db =>
            {
                var world = new SimulatedWorld(db, box, provider, SimulatorSettings.Usual, new(portal.PublicUrl), time.Now(), ct);
                world.Add(Kind, Kind, keys.DeepClone().AsObject());
                world.Keep();
                return Task.CompletedTask;
            }, ct);
        }
        catch (Conflict)
        {
            // Another host has made them in the same moment: those hold.
        }
    }
}
