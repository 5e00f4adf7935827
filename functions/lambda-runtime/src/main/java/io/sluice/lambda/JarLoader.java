package io.sluice.lambda;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Starts a program of the class path in a class loader of its own. The AOT cache holds classes for
 * the system's class loader only, so that this one reads every class from its jar; the Java
 * runtime's own classes still come from the cache, which was checked to be of this runtime.
 */
final class JarLoader {

  private JarLoader() {}

  /** Runs the {@code main} of a class of that class path to its end. */
  static void start(String classPath, String main, String[] arguments) throws IOException {
    String[] jars = classPath.split(File.pathSeparator, -1);
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = url(jars[i]);
    }
    // Not closed: the program's threads load classes until the process ends.
    @SuppressWarnings("resource")
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    try {
      loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw new IOException("the function could not be started from its jars", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IOException("the function could not be started from its jars", e);
    }
  }

  private static URL url(String jar) throws MalformedURLException {
    return Path.of(jar).toUri().toURL();
  }
}
