using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class ProviderAccountsTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["WHATSAPP_API_URL"] = "https://graph.example/v18.0",
        ["WHATSAPP_PHONE_NUMBER_ID"] = "106540352242922",
        ["WHATSAPP_ACCESS_TOKEN"] = "EAAenvironment",
        ["WHATSAPP_APP_SECRET"] = "app-secret",
        ["WHATSAPP_VERIFY_TOKEN"] = "verify-me",
        ["STRIPE_SECRET_KEY"] = "sk_environment",
        ["STRIPE_WEBHOOK_SECRET"] = "whsec_environment",
        ["PAYPAL_CLIENT_ID"] = "paypal-id",
        ["PAYPAL_CLIENT_SECRET"] = "paypal-secret",
        ["PAYPAL_WEBHOOK_ID"] = "WH-1",
        ["TWILIO_ACCOUNT_SID"] = "AC1",
        ["TWILIO_AUTH_TOKEN"] = "twilio-token",
        ["TWILIO_FROM"] = "+263770000000",
        ["SENDGRID_API_KEY"] = "SG.1",
        ["SENDGRID_WEBHOOK_PUBLIC_KEY"] = "MFkw",
        ["RESEND_API_KEY"] = "re_1",
        ["RESEND_WEBHOOK_SECRET"] = "whsec_resend",
        ["SMTP_HOST"] = "mail.example",
        ["SMTP_USER"] = "portal",
        ["SMTP_PASSWORD"] = "mail-password",
        ["EMAIL_FROM_ADDRESS"] = "us@example.com",
        ["NAMECHEAP_API_USER"] = "us",
        ["NAMECHEAP_API_KEY"] = "nc",
        ["CLOUDFLARE_API_TOKEN"] = "cf",
    };

    private static readonly WebhookSource[] WebhookSources = [new StripeWebhooks(), new ResendWebhooks(), new TwilioWebhooks(), new WhatsappWebhooks(), new PaypalWebhooks(), new SendgridWebhooks()];

    [Theory]
    [InlineData("STRIPE_WEBHOOK_SECRET", Provider.Stripe)]
    [InlineData("RESEND_WEBHOOK_SECRET", Provider.Resend)]
    [InlineData("TWILIO_AUTH_TOKEN", Provider.Twilio)]
    [InlineData("WHATSAPP_APP_SECRET", Provider.Whatsapp)]
    [InlineData("PAYPAL_WEBHOOK_ID", Provider.Paypal)]
    [InlineData("SENDGRID_WEBHOOK_PUBLIC_KEY", Provider.Sendgrid)]
    public async Task What_a_webhook_is_verified_with_counts_alone_and_sends_nothing(string variable, Provider provider)
    {
        await using var house = await IntegrationsHouse.NewAsync(name => name == variable ? "c2VjcmV0" : null);
        Assert.Null(await house.Accounts.FindAsync(provider, sandbox: false, Ct));
        var source = WebhookSources.Single(s => s.Provider == provider);
        Assert.Equal(["c2VjcmV0"], (await house.Accounts.AllAsync(provider, Ct)).SelectMany(source.SecretsOf));
    }

    [Fact]
    public void The_environment_names_an_account_of_each_provider_and_half_of_one_is_none()
    {
        var environment = new ProviderEnvironment(Variables.GetValueOrDefault);
        Assert.Equal(
            [Provider.Smtp, Provider.Sendgrid, Provider.Resend, Provider.Twilio, Provider.Whatsapp, Provider.Stripe, Provider.Paypal, Provider.Namecheap, Provider.Cloudflare],
            Enum.GetValues<Provider>().Where(p => environment.Find(p) is not null));
        var whatsapp = environment.Find(Provider.Whatsapp)!;
        Assert.Equal((new Uri("https://graph.example"), "v18.0", "EAAenvironment", "verify-me"), (whatsapp.BaseUrl, whatsapp.Settings["api_version"], whatsapp.Token, whatsapp.Settings["verify_token"]));
        Assert.Equal((AccountSource.Environment, null, false), (whatsapp.Source, whatsapp.ConfigId, whatsapp.IsSandbox));
        Assert.Equal((new Uri("smtp://mail.example:587"), "portal", "mail-password"), (environment.Find(Provider.Smtp)!.BaseUrl, environment.Find(Provider.Smtp)!.Settings["user"], environment.Find(Provider.Smtp)!.Secret));
        Assert.Equal("+263770000000", environment.Find(Provider.Twilio)!.Settings["from"]);

        foreach (var missing in new[] { "WHATSAPP_PHONE_NUMBER_ID", "PAYPAL_CLIENT_SECRET", "NAMECHEAP_API_USER", "TWILIO_AUTH_TOKEN" })
            Assert.Null(new ProviderEnvironment(name => name == missing ? null : Variables.GetValueOrDefault(name)).Find(Enum.Parse<Provider>(missing.Split('_')[0], ignoreCase: true)));
        Assert.Contains("STRIPE_API_URL", Assert.Throws<InvalidOperationException>(() => new ProviderEnvironment(name => name == "STRIPE_API_URL" ? "http://far.example" : Variables.GetValueOrDefault(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_in_use_comes_first_then_the_environment_then_nothing()
    {
        await using var house = await IntegrationsHouse.NewAsync(Variables.GetValueOrDefault);
        Assert.Equal("sk_environment", (await house.FindAsync())!.Key);
        Assert.Null(await house.FindAsync(sandbox: true));

        var made = await house.AddAsync();
        Assert.Equal((AccountSource.Database, "sk_live_0123456789", made.Id), ((await house.FindAsync())!.Source, (await house.FindAsync())!.Key, (await house.FindAsync())!.ConfigId));
        var live = (await house.Queries.StandingsAsync(house.Admin, Ct)).Single(s => s.Provider == Provider.Stripe);
        Assert.Equal((AccountSource.Database, made.Id, null), (live.Live.Source, live.Live.ConfigId, live.Sandbox.Source));

        await house.ChangeAsync(made.Id, c => c.IsActive = false);
        Assert.Equal("sk_environment", (await house.FindAsync())!.Key);
        Assert.Equal(AccountSource.Environment, (await house.Queries.StandingsAsync(house.Admin, Ct)).Single(s => s.Provider == Provider.Stripe).Live.Source);
        var refused = await Assert.ThrowsAsync<RuleBroken>(async () => await house.Accounts.GetAsync(Provider.Tiktok, false, Ct));
        Assert.Equal("provider_not_configured", refused.Code);
        Assert.Contains("TikTok is not configured", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_known_at_once_here_and_within_half_a_minute_elsewhere()
    {
        await using var house = await IntegrationsHouse.NewAsync();
        var elsewhere = new ProviderAccounts(house.Ground.Database, house.Ground.Box, house.Environment, house.Ground.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProviderAccounts>.Instance);
        Assert.Null(await elsewhere.FindAsync(Provider.Stripe, false, Ct));
        await house.AddAsync();
        Assert.NotNull(await house.FindAsync());
        Assert.Null(await elsewhere.FindAsync(Provider.Stripe, false, Ct));
        house.Ground.Clock.Forward(TimeSpan.FromSeconds(30));
        Assert.NotNull(await elsewhere.FindAsync(Provider.Stripe, false, Ct));
    }

    [Fact]
    public async Task What_was_replaced_verifies_webhooks_for_a_day_and_is_then_let_go()
    {
        await using var house = await IntegrationsHouse.NewAsync(Variables.GetValueOrDefault);
        var made = await house.AddAsync();
        await house.SetAsync(made.Id, ("webhook_secret", "whsec_first"));
        await house.SetAsync(made.Id, ("webhook_secret", "whsec_second"));
        var sandbox = IntegrationsHouse.Stripe("Sandbox", "sk_test_0123456789");
        (sandbox.IsSandbox, sandbox.ConfigData) = (true, new() { ["webhook_secret"] = "whsec_sandbox" });
        var test = await house.AddAsync(sandbox);
        await house.ChangeAsync(test.Id, c => c.IsActive = false);
        Assert.Equal(["whsec_environment", "whsec_first", "whsec_sandbox", "whsec_second"], await SecretsAsync());
        Assert.Equal("whsec_second", (await house.FindAsync())!.Settings["webhook_secret"]);

        house.Ground.Clock.Forward(ApiConfiguration.StillVerifies + TimeSpan.FromSeconds(1));
        Assert.Equal(["whsec_environment", "whsec_second"], await SecretsAsync());
        Assert.True(await house.Tester.HasWorkAsync(Ct));
        await house.Tester.RunAsync(Ct);
        await using var db = house.Ground.Open();
        Assert.Equal(4, await db.ApiSecrets.CountAsync(Ct)); // two keys and two webhook secrets

        async Task<string[]> SecretsAsync() => [.. (await house.Accounts.AllAsync(Provider.Stripe, Ct)).Select(a => a.Settings["webhook_secret"]!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task What_webhooks_are_verified_with_and_is_no_secret_holds_for_a_day_too_and_may_be_several()
    {
        await using var house = await IntegrationsHouse.NewAsync();
        var paypal = await house.AddAsync(new() { Provider = Provider.Paypal, Name = "PayPal", ApiKey = "id", ApiSecret = "secret", ConfigData = new() { ["webhook_id"] = "WH-1" } });
        var sendgrid = await house.AddAsync(new() { Provider = Provider.Sendgrid, Name = "SendGrid", ApiKey = "SG.x", ConfigData = new() { ["public_key"] = Key() } });
        await house.SetAsync(paypal.Id, ("webhook_id", "WH-2, WH-3"));
        await house.SetAsync(sendgrid.Id, ("public_key", $"{Key()}\n\n-----BEGIN PUBLIC KEY-----\n{Key()}\n-----END PUBLIC KEY-----"));
        Assert.Equal(["WH-1", "WH-2", "WH-3"], await HoldAsync(new PaypalWebhooks()));
        Assert.Equal(3, (await HoldAsync(new SendgridWebhooks())).Length);
        Assert.Equal(["config_data.public_key"], (await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(sendgrid.Id, ("public_key", $"{Key()}, no key")))).Errors.Keys);

        house.Ground.Clock.Forward(ApiConfiguration.StillVerifies + TimeSpan.FromSeconds(1));
        Assert.Equal(["WH-2", "WH-3"], await HoldAsync(new PaypalWebhooks()));
        Assert.Equal("WH-2, WH-3", (await house.Queries.GetAsync(house.Admin, paypal.Id, Ct)).ConfigData["webhook_id"]!.ToString());

        async Task<string[]> HoldAsync(WebhookSource source) => [.. (await house.Accounts.AllAsync(source.Provider, Ct)).SelectMany(source.SecretsOf).Order(StringComparer.Ordinal)];

        static string Key()
        {
            using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
            return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
    }

    [Fact]
    public async Task What_was_chosen_and_does_not_open_is_not_replaced_behind_anyones_back()
    {
        await using var house = await IntegrationsHouse.NewAsync(Variables.GetValueOrDefault);
        await house.AddAsync();
        await using (var db = house.Ground.Open())
        {
            (await db.ApiSecrets.SingleAsync(Ct)).Sealed = "v1.1.AAAA";
            await db.SaveChangesAsync(Ct);
        }

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal("provider_unreadable", (await Assert.ThrowsAsync<RuleBroken>(() => house.FindAsync())).Code);
        Assert.Equal(["sk_environment"], (await house.Accounts.AllAsync(Provider.Stripe, Ct)).Select(a => a.Key));
        Assert.NotNull(await house.FindAsync(Provider.Twilio));
    }

    [Fact]
    public async Task A_secret_put_under_another_configuration_does_not_open()
    {
        await using var house = await IntegrationsHouse.NewAsync();
        var first = await house.AddAsync();
        var second = await house.AddAsync(IntegrationsHouse.Stripe("Second", "sk_second_9876543210"));
        await using (var db = house.Ground.Open())
        {
            var theirs = await db.ApiSecrets.SingleAsync(s => s.ConfigurationId == second.Id, Ct);
            (await db.ApiSecrets.SingleAsync(s => s.ConfigurationId == first.Id, Ct)).Sealed = theirs.Sealed;
            await db.SaveChangesAsync(Ct);
        }

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<RuleBroken>(() => house.FindAsync());
    }

    [Fact]
    public async Task An_account_says_nothing_of_what_opens_it()
    {
        await using var house = await IntegrationsHouse.NewAsync(Variables.GetValueOrDefault);
        await house.AddAsync();
        await house.SetAsync((await house.FindAsync())!.ConfigId!.Value, ("webhook_secret", "whsec_hidden"), ("publishable_key", "pk_shown"));
        var account = (await house.FindAsync())!;
        Assert.Equal($"stripe (database {account.ConfigId})", account.ToString());
        Assert.Equal("publishable_key, webhook_secret", account.Settings.ToString());
        Assert.Equal(["sk_live_0123456789", "whsec_hidden"], account.Secrets);
    }

    [Fact]
    public async Task The_keys_of_the_demo_are_each_portals_own()
    {
        await using var one = await IntegrationsHouse.NewAsync();
        await using var other = await IntegrationsHouse.NewAsync();
        foreach (var house in new[] { one, other })
            await new IntegrationsDemo(house.Ground.Database, house.Ground.Box, new() { DataPath = "x", PublicUrl = "https://portal.example" }, house.Ground.Clock).SeedAsync(Ct);
        foreach (var provider in new[] { Provider.Stripe, Provider.Whatsapp, Provider.Twilio })
        {
            var known = (await one.FindAsync(provider, sandbox: true))!.Secrets.ToHashSet();
            Assert.NotEmpty(known);
            Assert.DoesNotContain((await other.FindAsync(provider, sandbox: true))!.Secrets, known.Contains);
        }
    }

    [Fact]
    public void Every_provider_has_one_form_whose_fields_have_one_name_each()
    {
        Assert.Equal(Enum.GetValues<Provider>(), ProviderForms.All.Select(f => f.Provider));
        Assert.All(ProviderForms.All, f =>
        {
            Assert.Equal(f.Fields.Count, f.Fields.Select(x => x.Name).Distinct().Count());
            Assert.All(f.Fields, x => Assert.True(x.Label.Length > 0 && x.Help.Length > 0 && x.Name == Input.Name(x.Name)));
            Assert.Contains(f.Fields, x => x.IsSecret);
            Assert.True(f.Live is null || ProviderUrl.TryRead(f.Live, f.Provider) is not null);
        });
    }
}
