using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>Planted secrets are looked for wherever a call leaves a trace.</summary>
public class ProviderSecretsTests
{
    private const string Canary = "canary-4f1c9e";
    private static readonly string[] Settings = ["webhook_secret", "app_secret", "verify_token", "refresh_token"];

    public static TheoryData<Provider> Providers => [.. Enum.GetValues<Provider>().Where(p => p is not Provider.Smtp)];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_provider_that_repeats_our_secrets_makes_nobody_else_read_them(Provider provider)
    {
        await using var server = await DescribedServer.StartAsync("sendgrid");
        server.Answers = asked => new(401, Echo(asked));
        var account = Account(server, provider);
        var log = new HeardLog();
        using var http = new ProviderHttp(ProviderHttp.Handler(), (_, words, _) => Keep(words), TimeProvider.System, LoggerFactory.Create(b => b.AddProvider(log).SetMinimumLevel(LogLevel.Trace)).CreateLogger<ProviderHttp>());

        var answer = await Probe(http, provider).TryAsync(account, Ct);
        var error = await Record.ExceptionAsync(() => http.SendAsync(account, new(HttpMethod.Get, "x", "x") { Authorization = ProviderJson.Bearer(account.Token ?? account.Key), Reads = r => new(r.Tree()?.ToJsonString(), r.Tree()?.ToJsonString()) }, Ct));

        Assert.False(answer.Works);
        Assert.NotEmpty(server.Requests);
        Assert.NotEmpty(log.Lines);
        string[] secrets = [Canary, .. server.Requests.Select(r => r["Authorization"].Split(' ')[^1]).Where(word => word.Length > 0)];
        Assert.All([answer.Words, error!.ToString(), account.ToString(), .. log.Lines, .. said], text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));

        // An address is written down by everybody it passes.
        Assert.All(server.Requests, r => Assert.DoesNotContain(Canary, r.Path + string.Join('&', r.Query), StringComparison.Ordinal));
    }

    private readonly List<string> said = [];

    private Task Keep(string words)
    {
        said.Add(words);
        return Task.CompletedTask;
    }

    private static ProviderAccount Account(DescribedServer server, Provider provider) => server.Account(provider, sandbox: true, provider is Provider.Twilio ? "AC0123456789abcdef0123456789abcdef" : $"{Canary}-key", $"{Canary}-secret", $"{Canary}-token", [
        .. Settings.Select(s => (s, $"{Canary}-{s}")), ("token_url", server.Url.AbsoluteUri), ("phone_number_id", "1"), ("account_id", "1"), ("property_id", "1"), ("api_user", "agency"), ("requests_per_second", "100")]);

    /// <summary>All that came, in the shape of every provider's refusal.</summary>
    private static string Echo(Asked asked)
    {
        var all = $"{string.Join(' ', asked.Headers.Select(h => $"{h.Key}: {h.Value}"))} {asked.Body} {Canary}-app_secret {Canary}-secret";
        var error = new JsonObject { ["type"] = "invalid_request_error", ["code"] = "4711", ["message"] = all, ["error_user_msg"] = all };
        return new JsonObject { ["error"] = error, ["errors"] = new JsonArray(error.DeepClone()), ["success"] = false, ["message"] = all, ["name"] = "validation_error", ["code"] = 20003 }.ToJsonString();
    }

    private static IProviderProbe Probe(ProviderHttp http, Provider provider)
    {
        var services = new ServiceCollection().AddProviderClients().AddSingleton(new SmtpOptions { OwnName = "portal.test" }).AddSingleton(http).AddSingleton(TimeProvider.System).BuildServiceProvider();
        return services.GetServices<IProviderProbe>().Single(p => p.Provider == provider);
    }
}
