namespace Portal.Core.Foundation;

/// <summary>How the attempt to send a delivery ended, to be written down.</summary>
internal sealed record DeliveryOutcome(Delivery Delivery, DeliveryOutcome.Kind How, string? Words)
{
    public enum Kind
    {
        Sent,
        Failed,
        PutOff,
        Refused,
        RefusedByAddress,
    }

    public DateTime BeganAt { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>The address has shown that it takes mail, whatever it did before.</summary>
    public bool LiftsSuppression => How is Kind.Sent && Delivery is { Channel: MailSuppression.Channel, IsCritical: true };

    public bool Suppresses => How is Kind.RefusedByAddress && Delivery.Channel is MailSuppression.Channel;

    public static DeliveryOutcome Of(Delivery delivery, Exception error) => error switch
    {
        RefusedForGood { IsOfAddress: true } => new(delivery, Kind.RefusedByAddress, error.Message),
        RefusedForGood => new(delivery, Kind.Refused, error.Message),
        OurTrouble or StoreUnavailable => new(delivery, Kind.PutOff, error.Message),
        OperationCanceledException => new(delivery, Kind.Failed, "The other side did not answer in time."),
        _ => new(delivery, Kind.Failed, error.Message),
    };

    /// <summary>Writes what did not go well on the row as it is now; see <see cref="DeliverySql"/> for what did.</summary>
    public void Mark(Delivery row, DateTime now)
    {
        row.Tried(BeganAt, Took, HostName.Own);
        switch (How)
        {
            case Kind.Failed:
                row.Failed(Words!, now);
                break;
            case Kind.PutOff:
                row.PutOff(Words!, now);
                break;
            default:
                row.Refused(Words!, now);
                break;
        }
    }

    /// <summary>The row that tells of what did not go well.</summary>
    public DeliveryAttempt Attempt() => new()
    {
        DeliveryId = Delivery.Id,
        ClientId = Delivery.ClientId,
        At = BeganAt,
        TookMs = Delivery.Milliseconds(Took),
        Outcome = How switch { Kind.Failed => AttemptOutcome.Failed, Kind.PutOff => AttemptOutcome.PutOff, _ => AttemptOutcome.RefusedForGood },
        Words = DeliveryAttempt.Cut(Words!),
        Host = HostName.Own,
    };
}
