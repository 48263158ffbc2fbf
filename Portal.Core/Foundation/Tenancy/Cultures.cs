namespace Portal.Core.Foundation;

/// <summary>How numbers, dates and money can be written. The words of the portal are English in all of them until there is another resource file.</summary>
public static class Cultures
{
    public const string Standard = "en-GB";

    public static IReadOnlyList<string> All { get; } = ["en-GB", "en-US", "en-IN", "en-ZA", "en-AU", "en-CA", "hi-IN", "kn-IN", "ta-IN", "pa-IN"];
}
