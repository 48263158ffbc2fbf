using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Foundation;

/// <summary>Section "Portal" of the configuration.</summary>
public sealed record PortalOptions
{
    /// <summary>Where people and providers reach the portal; the issuer of its tokens.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:5080";

    /// <summary>Database, files, keys and mailbox.</summary>
    [Required]
    public string DataPath { get; init; } = "data";

    /// <summary>What one caller of the API may ask per minute, on all hosts together.</summary>
    [Range(1, 1_000_000)]
    public int ApiRequestsPerMinute { get; init; } = 1200;

    /// <summary>Opens /metrics to whoever sends it as a bearer token; without it there is no such address.</summary>
    [MinLength(16)]
    public string? MetricsToken { get; init; }

    /// <summary>How long a host that is to stop goes on answering, so that whoever sends it people has time to notice.</summary>
    [Range(0, 60)]
    public int DrainSeconds { get; init; } = 1;

    /// <summary>Whether there are stand-ins for providers: unless said, in Development only.</summary>
    public bool? Simulators { get; init; }
}
