using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Portal.Core.Foundation;

/// <summary>One thing that happened: audit line, activity feed and outbox in one row. Only its marks ever change.</summary>
public sealed class EventRow : QueuedRow, IMayBelongToClient, ISealed
{
    private static readonly HashSet<string> Marks =
        [nameof(DoneAt), nameof(Tries), nameof(NextTryAt), nameof(Trouble), nameof(SealNo), nameof(Seal)];

    public required DateTime At { get; init; }

    public required string Type { get; init; }

    public required string SubjectKind { get; init; }

    public required long SubjectId { get; init; }

    public long? ClientId { get; init; }

    /// <summary>Zero for the portal itself.</summary>
    public required long ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>The name as it is searched.</summary>
    public required string ActorSearch { get; init; }

    public Role? ActorRole { get; init; }

    public required string Data { get; init; }

    public string? TraceId { get; init; }

    public long? SealNo { get; private set; }

    public byte[]? Seal { get; private set; }

    protected override int MostTries => 10;

    public static EventRow Of(DomainEvent happened, Actor actor, DateTime now) => new()
    {
        At = now,
        Type = EventTypes.Name(happened.GetType()),
        SubjectKind = happened.About.Kind,
        SubjectId = happened.About.Id,
        ClientId = happened.OfClient,
        ActorId = actor.UserId,
        ActorName = Cut(actor.TrueName),
        ActorSearch = Cut(Search.Normal(actor.TrueName)),
        ActorRole = actor.TrueRole,
        Data = JsonSerializer.Serialize(happened, happened.GetType(), EventTypes.Json),
        TraceId = Activity.Current?.TraceId.ToHexString(),
        NextTryAt = now,
    };

    void ISealed.SealAs(long number, byte[] seal) => (SealNo, Seal) = (number, seal);

    string ISealed.Content() => JsonSerializer.Serialize(
        new object?[] { Id, At.Ticks, Type, SubjectKind, SubjectId, ClientId, ActorId, ActorName, ActorSearch, ActorRole?.ToString(), TraceId, Data });

    // Whoever looks as a client bears two names.
    private static string Cut(string name) => name.Length <= 200 ? name : name[..200];

    internal static bool OnlyMarks(EntityEntry entry) =>
        entry.State is EntityState.Modified && entry.Properties.All(p => !p.IsModified || Marks.Contains(p.Metadata.Name));
}
