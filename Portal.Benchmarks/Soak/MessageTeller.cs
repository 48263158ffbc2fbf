using System.Collections.Concurrent;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Webhooks;

namespace Portal.Benchmarks.Soak;

/// <summary>Providers that tell the portal of messages from several hands: of each message one thing, that it was delivered or that it came back.</summary>
internal sealed class MessageTeller(WebhookSigner signer)
{
    /// <summary>Where the numbers of the messages begin: above all that the demo has.</summary>
    public const int First = 1_000_000;

    private const int Hands = 4;
    private static readonly string[] Tellers = ["bounce", "sendgrid", "resend", "twilio", "whatsapp"];
    private readonly ConcurrentBag<string> told = [];
    private int next = First;

    /// <summary>What was answered with 200.</summary>
    public IReadOnlyCollection<string> Told => told;

    public Task TellAsync(Uri url, CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Hands).Select(_ => Task.Run(() => TellByHandAsync(url, ct), CancellationToken.None)));

    private async Task TellByHandAsync(Uri url, CancellationToken ct)
    {
        using var wire = new Wire(url);
        while (!ct.IsCancellationRequested)
        {
            var (number, now) = (Interlocked.Increment(ref next), TimeProvider.System.GetUtcNow());
            var teller = Tellers[number % Tellers.Length];
            var draft = (teller is "bounce" ? WebhookDraft.Bounce(number) : WebhookDraft.Of(teller, number, "/webhooks", now)).Signed(signer, now);
            if ((await wire.SendAsync(draft.ToRequest(), visit: null)).Status == 200)
                told.Add(draft.EventIds[0]);
        }
    }
}
