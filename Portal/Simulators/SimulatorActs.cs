using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Simulators;

/// <summary>What an admin can make happen at simulated providers: a mail comes back, a charge is disputed.</summary>
internal sealed class SimulatorActs(IEnumerable<Simulator> simulators, SimulatorDesk desk)
{
    public IReadOnlyList<string> Of(Provider provider, string kind) => [.. Find(provider).Where(a => a.Kind == kind).Select(a => a.Name)];

    public Task DoAsync(Actor actor, Provider provider, long id, string name, CancellationToken ct = default) => desk.ActAsync(actor, provider, id, name, async (world, thing) =>
    {
        var act = Find(provider).FirstOrDefault(a => a.Name == name && a.Kind == thing.Kind) ?? throw new NotFound("act");
        await act.Do(world, thing);
    }, ct);

    private IEnumerable<SimulatedAct> Find(Provider provider) => simulators.Where(s => s.Provider == provider).SelectMany(s => s.Acts);
}
