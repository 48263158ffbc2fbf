namespace Portal.Core.Foundation;

/// <summary>Something that follows from an event. It adds rows to the PortalDb it is given, does no I/O, and never saves.</summary>
public interface IReaction
{
    Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct);
}
