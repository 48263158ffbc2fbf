namespace Portal.Core.Domains.Integrations;

/// <summary>What came in at a webhook's door, byte for byte.</summary>
/// <param name="Url">As the provider called it: our public address, whatever stands before us.</param>
/// <param name="Header">A header by name, or null.</param>
/// <param name="Body">As it was sent: what was signed.</param>
public sealed record WebhookRequest(string Url, Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    public bool IsForm => Header("Content-Type") is { } type && type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    public bool IsJson => Header("Content-Type") is { } type && type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}
