using System.Diagnostics;

namespace Portal.Tests.Api;

/// <summary>Whoever tries addresses learns from no answer, and from no clock, which of them are ours.</summary>
[CollectionDefinition(DisableParallelization = true)]
public class AloneCollection;

[Collection<AloneCollection>]
public class NoEnumerationTests
{
    private const int Rounds = 11;
    private static readonly string[] Known = [PortalServer.AcmeOwner, PortalServer.AcmeViewer, PortalServer.GlobexOwner];

    [Theory]
    [InlineData("/api/auth/login", 401)]
    [InlineData("/api/auth/otp/request", 202)]
    [InlineData("/api/auth/password/forgot", 202)]
    [InlineData("/api/auth/verify/request", 202)]
    [InlineData("/api/auth/register", 202)]
    [InlineData("/api/auth/otp/verify", 422)]
    [InlineData("/api/auth/password/reset", 422)]
    public async Task A_known_and_an_unknown_address_get_the_same_answer_in_the_same_time(string path, int status)
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();

        // Another's load on the machine may fall on one of the two; a difference of ours would show each time.
        var ratio = 0.0;
        for (var measured = 0; measured < 3 && ratio is (< 0.5 or > 2.0); measured++)
            ratio = await MeasureAsync(server, client, path, status, measured);

        Assert.InRange(ratio, 0.5, 2.0);
    }

    private static async Task<double> MeasureAsync(PortalServer server, HttpClient client, string path, int status, int measured)
    {
        var times = new[] { new List<double>(), new List<double>() };
        for (var round = -3; round < Rounds; round++)
        {
            server.Clock!.Forward(TimeSpan.FromMinutes(16)); // so that no limit is reached
            (await client.PostAsync("/api/auth/logout", new { refresh_token = "none" })).Dispose(); // whoever comes first draws permits for the rest
            string[] asked = [Known[Math.Abs(round) % Known.Length], $"stranger{measured}.{round + 10}@acme.local"];
            var turn = Math.Abs(round) % 2;
            var (first, said) = await AskAsync(client, path, asked[turn]);
            var (second, saidThen) = await AskAsync(client, path, asked[1 - turn]);
            Assert.Equal(said, saidThen);
            Assert.StartsWith($"{status} ", said, StringComparison.Ordinal);
            if (round < 0)
                continue; // warming up
            times[turn].Add(first);
            times[1 - turn].Add(second);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{path}: known {Median(times[0]):0.0} ms, unknown {Median(times[1]):0.0} ms");
        return Median(times[0]) / Median(times[1]);
    }

    private static async Task<(double Time, string Said)> AskAsync(HttpClient client, string path, string email)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync(path, Body(path, email));
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var headers = answer.Headers.Concat(answer.Content.Headers).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        var body = System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(Ct), "\"trace_id\":\"[^\"]+\"", "");
        return (took, $"{(int)answer.StatusCode} {body}\n{string.Join('\n', headers)}");
    }

    private static object Body(string path, string email) => path.Split('/')[^1] switch
    {
        "login" => new { email, password = "not the password" },
        "register" => Entries.Registrant(email),
        "verify" => new { email, code = "000000" },
        "reset" => new { email, code = "000000", password = Entries.NewPassword },
        _ => new { email },
    };

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
