using Portal.Benchmarks.Frame;

return await Verbs.RunAsync(args);
