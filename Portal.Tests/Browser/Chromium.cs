using System.Diagnostics;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

[CollectionDefinition]
public class BrowserCollection : ICollectionFixture<Chromium>;

/// <summary>One Chromium for the run. It is found, or else installed; tests that need it never skip.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find() ?? Install(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    public async Task<Visitor> VisitAsync(Uri portal, int width = 1440, ColorScheme scheme = ColorScheme.Light, string? cookies = null, bool scripts = true)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = portal.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            StorageState = cookies,
            JavaScriptEnabled = scripts,
        });
        return new(await context.NewPageAsync(), portal);
    }

    private static string? Find() => Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") is { Length: > 0 } chosen
        ? chosen
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine)
            .FirstOrDefault(File.Exists);

    /// <returns>The browser's path, or null for the one that Playwright has installed for itself.</returns>
    private static string? Install()
    {
        if (Environment.UserName == "root" && File.Exists("/etc/debian_version"))
        {
            Run("apt-get", "update");
            if (!Run("apt-get", "install", "-y", "--no-install-recommends", "chromium"))
            {
                // A half-finished installation by someone else: let apt finish it, then try again.
                Run("apt-get", "-f", "install", "-y");
                Run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
            }

            if (Find() is { } installed)
                return installed;
        }

        return Microsoft.Playwright.Program.Main(["install", "--with-deps", "chromium"]) == 0
            ? null
            : throw new InvalidOperationException("No Chromium: install one, or set PORTAL_CHROMIUM to its path.");
    }

    private static bool Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
