using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Odd;

/// <summary>Somebody of the demo who is signed in, as a program and in a browser.</summary>
/// <param name="AccessToken">Of the program.</param>
/// <param name="Cookies">Of the browser.</param>
/// <param name="FormToken">What its forms are signed with.</param>
/// <param name="Ids">The person and the clients they reach: whose loss would end the visit.</param>
internal sealed partial record Visit(string AccessToken, string Cookies, string FormToken, IReadOnlyList<long> Ids)
{
    public const string Password = "Portal!demo1";
    private static int addresses;

    /// <summary>By the names they have in isolation.json.</summary>
    public static readonly IReadOnlyDictionary<string, string> People = new Dictionary<string, string>
    {
        ["admin"] = "admin@portal.local",
        ["marketing_agent"] = "marketing@portal.local",
        ["owner"] = "owner@acme.local",
        ["viewer"] = "viewer@acme.local",
        ["stranger"] = "owner@globex.local",
    };

    public static async Task<Visit> BeginAsync(HttpClient client, string email)
    {
        var (cookies, token) = await EnterAsync(client, email);
        var granted = await ProgramAsync(client, email);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { { "Authorization", $"Bearer {granted}" } } };
        using var answer = await client.SendAsync(asked);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"{email} was answered {(int)answer.StatusCode}");
        var me = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var clients = me.TryGetProperty("clients", out var reached) ? reached.EnumerateArray().Select(c => c.EnumerateObject().First(p => p.Name.EndsWith("id", StringComparison.Ordinal)).Value.GetInt64()) : [];
        return new(granted, cookies, token, [me.GetProperty("id").GetInt64(), .. clients]);
    }

    /// <summary>For someone who has no session: the token of the forms that anyone sees.</summary>
    public static async Task<(string Cookies, string FormToken)> LookAsync(HttpClient client)
    {
        using var page = await client.GetAsync("/sign-in");
        return (CookiesOf(page), Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
    }

    /// <summary>An address that nobody has had: the limits on wrong passwords count by it, and are not what is measured.</summary>
    public static string NewAddress()
    {
        var number = Interlocked.Increment(ref addresses);
        return FormattableString.Invariant($"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
    }

    public static async Task<string> ProgramAsync(HttpClient client, string email)
    {
        using var login = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login") { Content = JsonContent.Create(new { email, password = Password }), Headers = { { "X-Forwarded-For", NewAddress() } } };
        using var answer = await client.SendAsync(login);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"{email} could not sign in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<(string Cookies, string FormToken)> EnterAsync(HttpClient client, string email)
    {
        var (cookies, token) = await LookAsync(client);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Headers = { { "Cookie", cookies }, { "X-Forwarded-For", NewAddress() } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token, ["Input.Email"] = email, ["Input.Password"] = Password }),
        };
        using var answer = await client.SendAsync(form);
        cookies = $"{cookies}; {CookiesOf(answer)}";
        using var home = new HttpRequestMessage(HttpMethod.Get, "/forbidden") { Headers = { { "Cookie", cookies } } };
        using var shown = await client.SendAsync(home);
        token = Token().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        return token.Length > 0 ? (cookies, token) : throw new BenchmarkException($"{email} could not enter: {(int)answer.StatusCode}");
    }

    private static string CookiesOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var set)
        ? string.Join("; ", set.Select(c => c.Split(';')[0]).Where(c => !c.EndsWith('=')))
        : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
