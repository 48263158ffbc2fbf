using System.Globalization;

namespace Portal.Benchmarks.Frame;

/// <summary>The <c>--name value</c> pairs after the verb.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = [];

    public static Options Parse(string[] args)
    {
        var options = new Options();
        foreach (var pair in args.Chunk(2))
        {
            if (pair is not [['-', '-', .. var name], var value])
                throw new BenchmarkException($"'{string.Join(' ', pair)}' is not '--name value'.");
            options.values[name] = value;
        }

        return options;
    }

    public string? Text(string name) => values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => Text(name) switch
    {
        null => otherwise,
        { } text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        { } text => throw new BenchmarkException($"--{name} {text} is not a positive number."),
    };
}
