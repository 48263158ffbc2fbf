using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Simulators;

/// <summary>What an admin can make happen at simulated providers: a mail comes back, a charge is disputed.</summary>
internal sealed class SimulatorActs(IEnumerable<Simulator> simulators, SimulatorDesk desk, SimulatorAccounts accounts)
{
    public IReadOnlyList<string> Of(Provider provider, string kind) => [.. Find(provider).Where(a => a.Kind == kind).Select(a => a.Name)];

    public Task DoAsync(Actor actor, Provider provider, long id, string name, CancellationToken ct = default) => desk.ActAsync(actor, provider, id, name, async (world, thing) =>
    {
        var act = Find(provider).FirstOrDefault(a => a.Name == name && a.Kind == thing.Kind) ?? throw new NotFound("act");
        await act.Do(world, thing);
    }, ct);

    /// <summary>Somebody writes to us on WhatsApp, which begins the day in which they can be answered in words of one's own.</summary>
    public async Task LetWriteAsync(Actor actor, LetWrite input, CancellationToken ct = default)
    {
        Input.Check(input);
        var number = string.Concat(input.Number!.Where(char.IsAsciiDigit));
        if (number.Length is < 7 or > 15)
            throw new Invalid("number", "Write a number with its country code, like +263771234567.");
        var ours = await accounts.OwnNumberAsync(ct);
        await desk.ActAsync(actor, Provider.Whatsapp, "write", world => WhatsappWindow.WriteAsync(world, number, ours, input.Text!), ct);
    }

    private IEnumerable<SimulatedAct> Find(Provider provider) => simulators.Where(s => s.Provider == provider).SelectMany(s => s.Acts);
}
