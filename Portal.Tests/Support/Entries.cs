using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Core.Domains.People;

namespace Portal.Tests.Support;

/// <summary>What tests of the ways in need: mailed codes, a second factor, people of every kind.</summary>
internal static partial class Entries
{
    public const string NewPassword = "a new and longer one";

    public static PortalDb Open(this PortalServer server) => server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);

    /// <summary>The newest code that was mailed there; it waits to be sent while no job runs.</summary>
    public static async Task<string> CodeAsync(this PortalServer server, string email)
    {
        await using var db = server.Open();
        var mail = await db.Deliveries.Where(d => d.Recipient == email && d.IsSecret).OrderByDescending(d => d.Id).FirstAsync(Ct);
        return SixFigures().Match(mail.Body).Value;
    }

    public static string Other(string code) => code == "111111" ? "222222" : "111111";

    /// <summary>Turns the second step on, as a person's own settings do.</summary>
    /// <returns>The secret in their app.</returns>
    public static async Task<string> WithSecondFactorAsync(this PortalServer server, string email, params string[] recoveryCodes)
    {
        var secret = Totp.NewSecret();
        await using var db = server.Open();
        var user = await db.Users.SingleAsync(u => u.Email == email, Ct);
        (user.AuthenticatorSecret, user.TwoFactorEnabled) = (server.Get<SecretBox>().Seal(secret, Totp.Purpose), true);
        db.AddRange(recoveryCodes.Select(code => new RecoveryCode { UserId = user.Id, Hash = RecoveryCode.HashOf(user.Id, code) }));
        await db.SaveChangesAsync(Ct);
        return secret;
    }

    public static async Task ChangeAsync(this PortalServer server, string email, Action<PortalUser> change)
    {
        await using var db = server.Open();
        change(await db.Users.SingleAsync(u => u.Email == email, Ct));
        await db.SaveChangesAsync(Ct);
    }

    public static async Task<int> CountAsync(this PortalServer server, string type)
    {
        await using var db = server.Open();
        return await db.Events.CountAsync(e => e.Type == type, Ct);
    }

    public static Task<HttpResponseMessage> LoginAsync(this HttpClient client, string email, string password = PortalServer.Password) =>
        client.PostAsync("/api/auth/login", new { email, password });

    public static Task<HttpResponseMessage> MfaAsync(this HttpClient client, string token, string code) =>
        client.PostAsync("/api/auth/mfa", new { mfa_token = token, code });

    /// <summary>The first step of someone who owes a second.</summary>
    public static async Task<string> FirstStepAsync(this HttpClient client, string email)
    {
        using var answer = await client.LoginAsync(email);
        var wanted = await answer.JsonAsync();
        Assert.Equal(["mfa_required", "mfa_token"], wanted.EnumerateObject().Select(p => p.Name));
        Assert.True(wanted.GetProperty("mfa_required").GetBoolean());
        return wanted.Text("mfa_token");
    }

    public static async Task<JsonElement> AsAsync(this HttpClient client, HttpResponseMessage granted, string path)
    {
        Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync(Ct));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await granted.JsonAsync()).Text("access_token"));
        return await client.JsonAsync(path);
    }

    public static object Registrant(string email, string password = PortalServer.Password, bool accepts = true) => new
    {
        full_name = "Ada Okafor",
        company = "Okafor & Daughters",
        email,
        mobile_number = "+263 77 123 4567",
        password,
        accept_terms = accepts,
    };

    [GeneratedRegex(@"\b\d{6}\b")]
    public static partial Regex SixFigures();
}
