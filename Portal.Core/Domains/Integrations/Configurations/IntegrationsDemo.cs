using System.Security.Cryptography;

namespace Portal.Core.Domains.Integrations;

/// <summary>Configurations to look at, of every state. Their credentials are made at random and open nothing but the simulators, where their addresses lead.</summary>
public sealed class IntegrationsDemo(Database database, SecretBox box, PortalOptions portal, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("demo");

    public async Task SeedAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (await db.ApiConfigurations.AnyAsync(ct))
            return;
        Add(db, new() { Provider = Provider.Stripe, Name = "Stripe, test mode", IsSandbox = true, ApiKey = Made("sk_test_demo_"), ConfigData = new() { ["webhook_secret"] = Made("whsec_demo_"), ["publishable_key"] = "pk_test_demo" } }, new(true, "Account acct_demo takes this key."), 20, isActive: true);
        Add(db, new() { Provider = Provider.Stripe, Name = "Stripe, the account before", IsSandbox = true, ApiKey = Made("sk_test_demo_") }, null, 70, isActive: false);
        Add(db, new() { Provider = Provider.Whatsapp, Name = "WhatsApp, test number", IsSandbox = true, AccessToken = Made("EAAdemo"), ConfigData = new() { ["phone_number_id"] = "106540352242922", ["business_account_id"] = "102290129340398", ["app_secret"] = Made("demo-app-secret-"), ["verify_token"] = Made("demo-verify-"), ["expires_on"] = time.Now().AddDays(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) } }, new(true, "The number +1 555 010 0199 answers."), 40, isActive: true);
        Add(db, new() { Provider = Provider.Resend, Name = "Resend, a key that was withdrawn", IsSandbox = true, ApiKey = Made("re_demo_") }, new(false, "Resend said 401 (invalid_api_key): API key is invalid."), 12, isActive: false);
        Add(db, new() { Provider = Provider.Twilio, Name = "Twilio, test credentials", IsSandbox = true, ApiKey = Made("ACdemo"), ApiSecret = Made("demo-auth-token-"), ConfigData = new() { ["from"] = "+15005550006" } }, new(true, "The account answers."), 5, isActive: true);
        await db.SaveChangesAsync(ct);
    }

    private void Add(PortalDb db, SaveApiConfig input, ProbeAnswer? answer, int daysAgo, bool isActive)
    {
        var (now, provider) = (time.Now(), input.Provider!.Value);
        var config = new ApiConfiguration { Provider = provider, CreatedAt = now.AddDays(-daysAgo) };
        input.ApiUrl = UrlOf(provider);
        var edit = new ApiConfigEdit(config, input, isWhole: true);
        edit.Check(box);
        var changes = edit.Apply(box, config.CreatedAt);
        config.Change(config.CreatedAt);
        if (answer is not null)
            config.Found(answer.Works, answer.Words, null, now.AddMinutes(-daysAgo));
        if (isActive)
            config.Activate();
        db.Add(config);
        db.Record(() => new ApiConfigCreated(config.Id, provider, config.Name, changes));
    }

    /// <summary>Nobody can know it from elsewhere: what the simulators let in by, and what webhooks are verified with, is not to be read in a program.</summary>
    private static string Made(string begin) => begin + RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>This portal itself, or nowhere where it is not reached in a way that credentials may go.</summary>
    private string UrlOf(Provider provider)
    {
        var path = $"/simulators/{Input.Name(provider.ToString())}";
        return ProviderUrl.TryRead(portal.PublicUrl, provider) is null ? $"https://portal.invalid{path}" : portal.PublicUrl.TrimEnd('/') + path;
    }
}
