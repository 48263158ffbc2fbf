namespace Portal.Core.Domains.Integrations;

/// <summary>Somebody had messages sent.</summary>
/// <param name="MessageId">The first of them.</param>
/// <param name="Count">How many.</param>
public sealed record MessagesSent(long MessageId, long? ClientId, MessageChannel Channel, int Count) : DomainEvent
{
    public override Subject About => new("message", MessageId);

    public override long? OfClient => ClientId;
}

/// <summary>Somebody took a message out of sight.</summary>
public sealed record MessageHidden(long MessageId, long? ClientId, MessageChannel Channel) : DomainEvent
{
    public override Subject About => new("message", MessageId);

    public override long? OfClient => ClientId;
}
