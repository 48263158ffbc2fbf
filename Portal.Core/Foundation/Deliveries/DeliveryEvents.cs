namespace Portal.Core.Foundation;

public sealed record DeliverySentAgain(long DeliveryId, long? ClientId, string Channel, string Recipient) : DomainEvent
{
    public override Subject About => new("delivery", DeliveryId);

    public override long? OfClient => ClientId;
}

/// <summary>An admin has ended the tries of what waited.</summary>
public sealed record DeliveryStopped(long DeliveryId, long? ClientId, string Channel, string Recipient) : DomainEvent
{
    public override Subject About => new("delivery", DeliveryId);

    public override long? OfClient => ClientId;
}

/// <summary>An admin says that an address takes mail again.</summary>
public sealed record MailSuppressionLifted(long SuppressionId, string Address) : DomainEvent
{
    public override Subject About => new("mail_suppression", SuppressionId);
}
