namespace Portal.Core.Domains.Integrations;

/// <summary>A mail as the mail providers are given it: they make the message of it themselves.</summary>
/// <param name="From">An address whose domain the provider knows as ours.</param>
/// <param name="To">One address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">For whoever reads mail as text.</param>
public sealed record ProviderMail(string From, string To, string Subject, string Text)
{
    public string? FromName { get; init; }

    public string? ReplyTo { get; init; }

    public string? Html { get; init; }

    /// <summary>Says the same mail once, where the provider has such a thing.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What comes back with each event about it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    public IReadOnlyList<ProviderAttachment> Attachments { get; init; } = [];
}

public sealed record ProviderAttachment(string Name, string Type, ReadOnlyMemory<byte> Bytes);
