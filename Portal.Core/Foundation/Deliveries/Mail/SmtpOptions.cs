using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Core.Foundation;

/// <summary>The mail server that takes our mail, as the configuration names it; see README. Without a host there is none.</summary>
public sealed record SmtpOptions
{
    public const int ImplicitTlsPort = 465;
    public const int SubmissionPort = 587;

    public string? Host { get; init; }

    public int Port { get; init; } = SubmissionPort;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>TLS from the first byte; otherwise the talk begins in the clear and turns to TLS before anything is said.</summary>
    public bool IsImplicitTls { get; init; }

    /// <summary>The authority of the server's certificate, where it is not a public one.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>Whom mail comes from; without it, the agency's sender or no-reply at the portal.</summary>
    public string? From { get; init; }

    /// <summary>How many talks with the server go at once. Beside mails that hang for long there may be some more.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>What we call ourselves, and where our message ids belong.</summary>
    public required string OwnName { get; init; }

    /// <summary>How long one mail may take, from its turn until all of it is on its way.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the server may then look at it before it says whether it has it. Who asks again too soon has it sent twice (RFC 5321, 4.5.3.2.6).</summary>
    public TimeSpan LastPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a talk is kept open for the next mail.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsSetUp => Host is { Length: > 0 };

    /// <summary>Nothing leaves this machine, so nobody listens.</summary>
    public bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Without the password: this may be shown.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
