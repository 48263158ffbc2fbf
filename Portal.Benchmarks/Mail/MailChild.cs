using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Mail;

/// <summary>A process that sends what is due in a database, to be killed in the middle of it. It ends when nothing is left.</summary>
internal static class MailChild
{
    public const string Verb = "mail-child";

    public static async Task<int> RunAsync(string file, string port)
    {
        await using var ground = await Ground.OpenAsync(file);
        await using var mail = Mail(ground, int.Parse(port, CultureInfo.InvariantCulture), connections: 4);
        await Sender(ground, mail).RunAsync(CancellationToken.None);
        return 0;
    }

    public static SmtpMail Mail(Ground ground, int port, int connections)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = port, OwnName = "bench.test", Connections = connections };
        return new(options, new(ground.Database, options, TimeProvider.System), TimeProvider.System);
    }

    public static DeliverySender Sender(Ground ground, IChannel mail) =>
        new(ground.Database, ground.Lane, [mail], TimeProvider.System, NullLogger<DeliverySender>.Instance);
}
