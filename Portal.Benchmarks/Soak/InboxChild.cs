using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Soak;

/// <summary>The process that is killed: four doors store webhooks and say which are durable, a pump handles them meanwhile.</summary>
internal static class InboxChild
{
    public const string Verb = "inbox-child";
    public const string Provider = "soak";
    private const int Writers = 4;
    private static readonly InboxHandlers Handlers = new([new OneDeliveryEach()]);

    public static async Task<int> RunAsync(string file)
    {
        await using var ground = await Ground.OpenAsync(file);
        await using var intake = new InboxIntake(ground.Lane, new(ground.Box), Handlers, TimeProvider.System);
        var (pump, output) = (Pump(ground), Console.Out);

        // The first of each builds EF Core; a kill before that would hit nothing.
        await StoreAsync(intake, output);
        await pump.RunAsync(CancellationToken.None);
        await output.WriteLineAsync("ready");
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (true)
                await StoreAsync(intake, output);
        }));
        await Task.WhenAll([.. writers, Task.Run(() => HandleForEverAsync(pump))]);
        return 0;
    }

    public static InboxPump Pump(Ground ground) =>
        new(ground.Database, ground.Lane, new(ground.Box), Handlers, TimeProvider.System, NullLogger<InboxPump>.Instance);

    private static async Task StoreAsync(InboxIntake intake, TextWriter output)
    {
        var id = Random.Shared.NextInt64(long.MaxValue);
        await intake.StoreAsync(Provider, [new(id.ToString(CultureInfo.InvariantCulture), "told", new byte[200])]);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{id}."));
        await Task.Delay(1);
    }

    private static async Task HandleForEverAsync(InboxPump pump)
    {
        while (true)
        {
            await pump.RunAsync(CancellationToken.None);
            await Task.Delay(1);
        }
    }

    /// <summary>Its key is new each time, so that handling twice would show as two rows instead of being refused by the unique index.</summary>
    private sealed class OneDeliveryEach : IInboxHandler
    {
        public bool Takes(string provider, string type) => true;

        public Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<InboxMessage> messages, PortalDb db, CancellationToken ct)
        {
            var now = TimeProvider.System.Now();
            db.AddRange(messages.Select(m => new Delivery { Key = Guid.CreateVersion7().ToString(), Channel = RelayChild.Extra, Recipient = "nobody", Title = m.EventId, Body = "", CreatedAt = now }.From(now)));
            return Task.FromResult<IReadOnlyList<string>>([.. messages.Select(_ => "Done.")]);
        }
    }
}
