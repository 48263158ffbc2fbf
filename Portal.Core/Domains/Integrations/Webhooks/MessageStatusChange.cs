namespace Portal.Core.Domains.Integrations;

/// <summary>What a provider tells of a message that it took from us.</summary>
/// <param name="Channel">By which the message left.</param>
/// <param name="ProviderMessageId">What the provider called it when it took it.</param>
/// <param name="At">By the provider's clock.</param>
/// <param name="Error">In the provider's words.</param>
/// <param name="Address">The address that refuses, where a mail came back or was complained of.</param>
public sealed record MessageStatusChange(Provider Provider, string Channel, string ProviderMessageId, ReportStatus Status, DateTime At, string? Error, string? Address = null)
{
    /// <summary>The delivery that it says it is, where such a message carries that.</summary>
    public long? DeliveryId { get; init; }
}
