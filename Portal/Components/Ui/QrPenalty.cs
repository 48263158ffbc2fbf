namespace Portal.Components.Ui;

/// <summary>How hard a picture is to read, by the four rules of the standard: the mask with the least is taken.</summary>
internal static class QrPenalty
{
    private static readonly bool[] Finder = [true, false, true, true, true, false, true, false, false, false, false];

    public static int Of(QrCode code)
    {
        var lines = Enumerable.Range(0, code.Size).SelectMany(i => new[]
        {
            Enumerable.Range(0, code.Size).Select(j => code[j, i]).ToArray(), Enumerable.Range(0, code.Size).Select(j => code[i, j]).ToArray(),
        });
        return lines.Sum(line => Runs(line) + Finders(line)) + Blocks(code) + Balance(code);
    }

    private static int Runs(bool[] line)
    {
        var (sum, run) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            run = i > 0 && line[i] == line[i - 1] ? run + 1 : 1;
            sum += run == 5 ? 3 : run > 5 ? 1 : 0;
        }

        return sum;
    }

    private static int Finders(bool[] line)
    {
        var sum = 0;
        for (var i = 0; i + Finder.Length <= line.Length; i++)
        {
            var part = line.AsSpan(i, Finder.Length);
            if (part.SequenceEqual(Finder))
                sum += 40;
            if (part.SequenceEqual(Finder.Reverse().ToArray()))
                sum += 40;
        }

        return sum;
    }

    private static int Blocks(QrCode code)
    {
        var sum = 0;
        for (var y = 1; y < code.Size; y++)
        {
            for (var x = 1; x < code.Size; x++)
                sum += code[x, y] == code[x - 1, y] && code[x, y] == code[x, y - 1] && code[x, y] == code[x - 1, y - 1] ? 3 : 0;
        }

        return sum;
    }

    private static int Balance(QrCode code)
    {
        var dark = Enumerable.Range(0, code.Size).Sum(y => Enumerable.Range(0, code.Size).Count(x => code[x, y]));
        var percent = 100 * dark / (code.Size * code.Size);
        return Math.Abs(percent - 50) / 5 * 10;
    }
}
