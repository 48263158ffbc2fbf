using System.Security.Cryptography;
using System.Text;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Webhooks;

/// <summary>The yardsticks: an endpoint that reads the body and checks the HMAC, and nothing else; and one that does the work as one would at first, with EF and a commit for each request.</summary>
internal static class WebhookFloor
{
    public const string Verb = "webhook-floor";
    public const string Secret = "whsec_of_the_benchmark";
    public static readonly Site Site = new("webhook floor", typeof(WebhookFloor).Assembly.Location, [Verb], "/", "/");

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        await using var app = builder.Build();
        await using var ground = await Ground.OpenAsync(Path.Combine(builder.Configuration["Portal:DataPath"]!, "floor.db"));
        app.MapGet("/", () => "up");
        app.MapPost("/hmac", async (HttpContext http) => http.Response.StatusCode = await ReadAsync(http) is null ? 401 : 200);
        app.MapPost("/ef", async (HttpContext http) =>
        {
            if (await ReadAsync(http) is not { } body)
                return 401;
            using var json = System.Text.Json.JsonDocument.Parse(body);
            await StoreAsync(ground, json.RootElement.GetProperty("id").GetString()!, body);
            return 200;
        });
        await app.RunAsync();
        return 0;
    }

    public static string Sign(string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        var body = new byte[(int)http.Request.ContentLength!];
        await http.Request.Body.ReadExactlyAsync(body);
        var header = http.Request.Headers["Stripe-Signature"].ToString();
        var comma = header.IndexOf(',', StringComparison.Ordinal);
        var isGenuine = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(header[2..comma], body)), Encoding.ASCII.GetBytes(header[(comma + 4)..]));
        return isGenuine ? body : null;
    }

    private static async Task StoreAsync(Ground ground, string id, byte[] body)
    {
        await using var db = ground.Open();
        if (await db.Inbox.AnyAsync(r => r.Provider == "stripe" && r.EventId == id))
            return;
        db.Add(new InboxRow { Provider = "stripe", EventId = id, Type = "x", Body = body, ReceivedAt = TimeProvider.System.Now() });
        await db.SaveChangesAsync();
    }
}
