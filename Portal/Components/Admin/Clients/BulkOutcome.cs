using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Components.Admin.Clients;

/// <summary>What became of an act on many clients: each was done or refused for itself.</summary>
internal sealed record BulkOutcome(int Done, IReadOnlyList<BulkOutcome.Refusal> Refused)
{
    public static async Task<BulkOutcome> OfAsync(Actor actor, ClientQueries clients, IReadOnlyList<long> ids, Func<long, Task> act, CancellationToken ct)
    {
        var (done, refused) = (0, new List<(long Id, string Reason)>());
        foreach (var id in ids)
        {
            try
            {
                await act(id);
                done++;
            }
            catch (PortalException refusal) when (refusal is not Invalid)
            {
                refused.Add((id, refusal.Message));
            }
        }

        var names = refused.Count == 0 ? [] : await clients.NamesAsync(actor, [.. refused.Select(r => r.Id)], ct);
        return new(done, [.. refused.Select(r => new Refusal(names.GetValueOrDefault(r.Id, "–"), r.Reason))]);
    }

    internal sealed record Refusal(string Name, string Reason);
}
