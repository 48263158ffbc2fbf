namespace Portal.Benchmarks.Frame;

/// <summary>Ours and the yardstick in turn, so that a machine's good and bad minutes fall on both.</summary>
internal sealed record Rounds(IReadOnlyList<double> Ours, IReadOnlyList<double> Floors)
{
    public Spread Ratio => Spread.Of([.. Ours.Zip(Floors, (ours, floor) => ours / floor)]);

    public static async Task<Rounds> AlternateAsync(int count, Func<Task<double>> ours, Func<Task<double>> floor)
    {
        var rounds = await AlternateAsync<double>(count, ours, floor);
        return Of(rounds, value => value);
    }

    /// <summary>For a round that yields more than one figure.</summary>
    public static async Task<IReadOnlyList<(T Ours, T Floor)>> AlternateAsync<T>(int count, Func<Task<T>> ours, Func<Task<T>> floor)
    {
        var rounds = new List<(T, T)>();
        for (var round = 0; round < count; round++)
            rounds.Add((await ours(), await floor()));
        return rounds;
    }

    public static Rounds Of<T>(IReadOnlyList<(T Ours, T Floor)> rounds, Func<T, double> figure) =>
        new([.. rounds.Select(round => figure(round.Ours))], [.. rounds.Select(round => figure(round.Floor))]);
}
