using System.Diagnostics;

namespace Portal.Benchmarks.Frame;

/// <summary>The end of what a child process printed: drained so that it never blocks, kept for the message when it fails.</summary>
internal sealed class LastLines
{
    private const int Kept = 20;

    private readonly Queue<string> lines = [];

    public void ReadFrom(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (lines)
            return string.Join('\n', lines);
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > Kept)
                lines.Dequeue();
        }
    }
}
