namespace Portal.Components.Ui;

/// <summary>Says something to the one person of this circuit, at the edge of their screen.</summary>
public sealed class ToastService
{
    private readonly List<Toast> toasts = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> All => toasts;

    /// <summary>Something was done. It goes away by itself.</summary>
    public void Say(string title, string? text = null) => Add(new("success", "check-circle", title, text, stays: false));

    public void Inform(string title, string? text = null, string? href = null) => Add(new("info", "info", title, text, stays: true, href));

    /// <summary>Something has happened elsewhere. It goes away by itself; what it tells of can be found again.</summary>
    /// <param name="tone">Its colour.</param>
    /// <param name="icon">Its symbol.</param>
    /// <param name="title">What happened.</param>
    /// <param name="text">More about it.</param>
    /// <param name="href">Where it is.</param>
    /// <param name="opened">Done when someone goes there.</param>
    public Toast Tell(string tone, string icon, string title, string? text, string href, Func<Task>? opened = null)
    {
        var toast = new Toast(tone, icon, title, text, stays: false, href) { Opened = opened };
        Add(toast);
        return toast;
    }

    /// <summary>Something was refused. It stays until it has been read.</summary>
    public void Refuse(string title, string? text = null) => Add(new("danger", "alert", title, text, stays: true));

    public void Dismiss(Toast toast)
    {
        if (toasts.Remove(toast))
            Changed?.Invoke();
    }

    private void Add(Toast toast)
    {
        toasts.Add(toast);
        Changed?.Invoke();
    }
}

/// <summary>One message; a class, so that the same words twice are two messages.</summary>
public sealed class Toast(string tone, string icon, string title, string? text, bool stays, string? href = null)
{
    public string Tone { get; } = tone;

    public string Icon { get; } = icon;

    public string Title { get; } = title;

    public string? Text { get; } = text;

    public bool Stays { get; } = stays;

    public string? Href { get; } = href;

    public Func<Task>? Opened { get; init; }
}
